import { approvals } from "./approvals.ts";
import { approvalFlows } from "./approval-flows.ts";
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
import { roles } from "./roles.ts";
import { signIn } from "./sign-in.ts";
import { states } from "./states.ts";

/** What is loaded with the first page; every other area is loaded with the first page that needs it. */
export const first = {
  approvals,
  approvalFlows,
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
  roles,
  signIn,
  states,
};
