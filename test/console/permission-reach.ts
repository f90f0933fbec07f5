import type { Problem } from "../../src/contract/problem.ts";
import type { Routes } from "../../src/contract/routes.ts";
import type { RequestDetail } from "../../src/contract/requests.ts";
import type { Caller } from "./permission-callers.ts";

/** Ids of what is in one environment. */
export interface Place {
  readonly environment: number;
  readonly order: number;
  readonly request: number;
}
/** `here` is where object rules and the approvers reach. */
export interface Reaching {
  readonly here: Place;
  readonly there: Place;
}

/** Whoever sees everything, with a session or a token. */
const SEEING = ["administrator", "maintainer", "auditor", "only see", "token of all", "token see"] as const;
const ADMINISTRATOR = ["administrator", "token of all"] as const;
/** The built-in roles that configure everything. */
const CONFIGURING = ["administrator", "maintainer", "only configure", "token of all", "token configure"] as const;

/** Who reaches what is in an environment: names of callers, written by hand. */
export const REACH = {
  "see the order": { here: [...ADMINISTRATOR, "rule submit"], there: ADMINISTRATOR },
  "list the order": { here: [...ADMINISTRATOR, "rule submit"], there: ADMINISTRATOR },
  "submit the order": { here: [...ADMINISTRATOR, "rule submit"], there: ADMINISTRATOR },
  "see the request": {
    here: [...SEEING, "rule see", "rule submit", "rule approve", "approver", "delegate"],
    there: SEEING,
  },
  "list the request": {
    here: [...SEEING, "rule see", "rule submit", "rule approve", "approver", "delegate"],
    there: SEEING,
  },
  "find the request in the CSV file": {
    here: [...SEEING, "rule see", "rule submit", "rule approve", "approver", "delegate"],
    there: SEEING,
  },
  "read its values": {
    // Of those who see it, those who may submit anything at all.
    here: [...ADMINISTRATOR, "maintainer", "rule submit"],
    there: [...ADMINISTRATOR, "maintainer"],
  },
  "vote on the request": { here: ["rule approve", "approver", "delegate"], there: [] },
  "find the request in the inbox": { here: ["rule approve", "approver", "delegate"], there: [] },
  "revoke the request": { here: ADMINISTRATOR, there: ADMINISTRATOR },
  "count the request in statistics": {
    here: ["administrator", "maintainer", "auditor", "token of all"],
    there: ["administrator", "maintainer", "auditor", "token of all"],
  },
  "see the fleet": {
    here: ["administrator", "maintainer", "auditor", "token of all"],
    there: ["administrator", "maintainer", "auditor", "token of all"],
  },
  "change the order's definition": { here: [...CONFIGURING, "rule configure"], there: CONFIGURING },
  "copy the order's definition": { here: [...CONFIGURING, "rule configure"], there: CONFIGURING },
  "delete the environment": { here: CONFIGURING, there: CONFIGURING },
} as const satisfies Readonly<Record<string, Readonly<Record<keyof Reaching, readonly string[]>>>>;

/** Tells whether the thing is there for a caller, by an answer that changes nothing. */
type Reached = (call: Call, place: Place) => Promise<boolean>;
type Call = (name: keyof Routes, input?: Parameters<Caller["client"]["fetch"]>[1]) => Promise<Response>;

export function reached(reach: Reached, { client, headers }: Caller, place: Place): Promise<boolean> {
  return reach((name, input) => client.fetch(name, input, { ...headers }), place);
}

/** 2xx: yes; a refusal: no. What else there may be is told by its kind. */
async function isThere(answer: Promise<Response>, also = ""): Promise<boolean> {
  const response = await answer;
  const text = await response.text();
  if (response.ok) return true;
  const { type } = JSON.parse(text) as Problem;
  if (type === also) return true;
  if ([401, 403, 404].includes(response.status)) return false;
  throw new Error(`neither there nor refused: ${text}`);
}
async function answerOf<T>(answer: Promise<Response>): Promise<T | undefined> {
  const response = await answer;
  return response.ok ? ((await response.json()) as T) : undefined;
}
interface Listed {
  readonly items: readonly { readonly id: number }[];
}
const lists = async (answer: Promise<Response>, id: number): Promise<boolean> =>
  (await answerOf<Listed>(answer))?.items.some((item) => item.id === id) === true;

export const REACHING: Readonly<Record<keyof typeof REACH, Reached>> = {
  "see the order": (call, { order }) => isThere(call("GET /orders/:id", { params: { id: order } })),
  "list the order": (call, { order }) => lists(call("GET /orders"), order),
  // A version that the order does not have yet.
  "submit the order": (call, { order }) =>
    isThere(call("POST /requests", { body: { order, orderVersion: 999, values: {} } }), "changed"),
  "see the request": (call, { request }) => isThere(call("GET /requests/:id", { params: { id: request } })),
  "list the request": (call, { request }) => lists(call("GET /requests"), request),
  "find the request in the CSV file": async (call, { request }) => {
    const response = await call("GET /requests/csv", { query: { language: "en" } });
    return response.ok && new RegExp(String.raw`^"?${request}"?,`, "m").test(await response.text());
  },
  "read its values": (call, { request }) => isThere(call("GET /requests/:id/values", { params: { id: request } })),
  "vote on the request": async (call, { request }) => {
    const detail = await answerOf<RequestDetail>(call("GET /requests/:id", { params: { id: request } }));
    const may = detail?.approval?.mayVote === true || (detail?.approval?.mayVoteFor.length ?? 0) > 0;
    // What it says holds: whom it gives no vote is refused one. Another hash than the request's changes nothing.
    const body = { decision: "approve", hash: detail?.hash ?? "none", version: detail?.version ?? 1 };
    if (!may) expectRefused(await call("POST /requests/:id/votes", { params: { id: request }, body }));
    return may;
  },
  "find the request in the inbox": (call, { request }) => lists(call("GET /approvals"), request),
  "revoke the request": (call, { request }) =>
    isThere(
      call("POST /requests/:id/actions", { params: { id: request }, body: { action: "revoke", version: 999 } }),
      "changed",
    ),
  "count the request in statistics": async (call, { environment }) => {
    const counted = await answerOf<unknown>(call("GET /statistics", { query: { environment } }));
    return counted !== undefined && /"requests":[1-9]/.test(JSON.stringify(counted));
  },
  "see the fleet": (call, { environment }) => isThere(call("GET /fleet/state", { query: { environment } })),
  "change the order's definition": async (call, { order, environment }) => {
    const params = { kind: "work_order", id: order };
    const data = { name: "here", environment, mainTask: "" };
    // It is neither whole nor of that version: whoever may change it is told so.
    return isThere(call("PUT /definitions/:kind/:id", { params, body: { version: 999, data } }), "invalid");
  },
  // The name is taken by the order itself.
  "copy the order's definition": async (call, { order }) => {
    const params = { kind: "work_order", id: order };
    const named = await answerOf<{ name: string }>(call("GET /definitions/:kind/:id", { params }));
    return isThere(call("POST /definitions/:kind/:id/copy", { params, body: { name: named?.name ?? "x" } }), "invalid");
  },
  // It is in use: whoever may delete it is told so.
  "delete the environment": async (call, { environment }) =>
    isThere(call("DELETE /definitions/:kind/:id", { params: { kind: "environment", id: environment } }), "in-use"),
};

function expectRefused(response: Response): void {
  if (![401, 403, 404].includes(response.status)) throw new Error(`a vote was not refused: ${response.status}`);
}
