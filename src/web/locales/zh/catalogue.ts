import { board } from "./board.ts";
import { frame } from "./frame.ts";
import { general } from "./general.ts";
import { history } from "./history.ts";
import { logs } from "./logs.ts";
import { now } from "./now.ts";
import { order } from "./order.ts";
import { orders } from "./orders.ts";
import { problems } from "./problems.ts";
import { request } from "./request.ts";
import { signIn } from "./sign-in.ts";
import { states } from "./states.ts";
import type { Catalogue } from "../catalogue.ts";

export const catalogue: Catalogue = {
  board,
  frame,
  general,
  history,
  logs,
  now,
  order,
  orders,
  problems,
  request,
  signIn,
  states,
};
