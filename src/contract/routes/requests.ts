import { z } from "zod";
import { FormValues, RequestDetail, RequestInput, RequestListItem } from "../requests.ts";
import { HISTORY_FILTERS, valueColumns } from "../history.ts";
import type { Route, RouteName } from "../route.ts";
import { Id, page, pageOf } from "./inputs.ts";

/** Submitted orders. */
export const REQUEST_ROUTES = {
  "POST /requests": {
    summary: "Submit an order",
    tag: "requests",
    access: "submit",
    body: RequestInput,
    answer: RequestDetail,
    status: 201,
  },
  "GET /requests": {
    summary: "Requests, newest first",
    tag: "requests",
    access: "account",
    query: z.object({
      ...HISTORY_FILTERS,
      /** Variables whose values each item carries. */
      columns: valueColumns,
      ...page,
    }),
    answer: pageOf(RequestListItem),
  },
  "GET /now": {
    summary: "What runs, waits, is scheduled and failed lately",
    tag: "requests",
    access: "account",
    answer: z.object({
      /** Those that wait for my vote. */
      waiting: z.array(RequestListItem),
      running: z.array(RequestListItem),
      queued: z.array(RequestListItem),
      scheduled: z.array(RequestListItem),
      failed: z.array(RequestListItem),
    }),
  },
  "GET /requests/:id": {
    summary: "One request",
    tag: "requests",
    access: "account",
    params: Id,
    answer: RequestDetail,
  },
  "GET /requests/:id/values": {
    summary: "Its values, to submit again; secrets are left out",
    tag: "requests",
    access: "submit",
    params: Id,
    answer: z.object({ order: z.number(), values: FormValues, note: z.string() }),
  },
  "POST /requests/:id/actions": {
    summary: "Revoke, run, stop, abort or kill it",
    tag: "requests",
    access: "submit",
    params: Id,
    /** `version`: the request's version that was looked at; another one is refused with 409. */
    body: z.strictObject({
      action: z.enum(["revoke", "run", "stop", "abort", "kill"]),
      version: z.number().int().positive(),
      reason: z.string().trim().max(2000).default(""),
    }),
    answer: RequestDetail,
    status: 202,
  },
} as const satisfies Record<RouteName, Route>;
