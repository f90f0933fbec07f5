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

/** Everything that a page says, in English; its type is what every other language has to say. */
export const catalogue = {
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
