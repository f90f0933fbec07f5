/** Where a submitted order can be. */
export const REQUEST_STATES = [
  "waiting",
  "approved",
  "scheduled",
  "queued",
  "running",
  "succeeded",
  "failed",
  "stopped",
  "lost",
  "rejected",
  "revoked",
  "expired",
  "refused",
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** Where its run can be. `unreachable`: its place cannot be asked right now; `lost`: gone without an exit record. */
export const RUN_STATES = ["starting", "running", "unreachable", "succeeded", "failed", "stopped", "lost"] as const;
export type RunState = (typeof RUN_STATES)[number];

export const ENDED_REQUEST_STATES: readonly RequestState[] = [
  "succeeded",
  "failed",
  "stopped",
  "lost",
  "rejected",
  "revoked",
  "expired",
  "refused",
];
export const ENDED_RUN_STATES: readonly RunState[] = ["succeeded", "failed", "stopped", "lost"];

/** What an account may be allowed to do. */
export const PERMISSIONS = ["submit", "configure", "administer"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What each role allows. Every role may sign in and see what it may submit. */
export const ROLES = {
  administrator: ["submit", "configure", "administer"],
  submitter: ["submit"],
} as const satisfies Record<string, readonly Permission[]>;
export type Role = keyof typeof ROLES;

/**
 * What can be done to a request, in which states, and by whom: its submitter, anybody who may submit its order, or
 * only an administrator. The one table that server and pages decide by.
 */
export const REQUEST_ACTIONS = {
  /** Take it back before it runs. */
  revoke: { states: ["waiting", "approved", "scheduled", "queued"], by: "submitter" },
  /** TERM: a release finishes the hosts in hand; other commands end, or are killed after the order's grace. */
  stop: { states: ["running"], by: "order" },
  /** A second TERM: a release takes the hosts in hand back at once. */
  abort: { states: ["running"], by: "order" },
  /** KILL to all that is left. */
  kill: { states: ["running"], by: "order" },
  /** Submit the order again, with these values to begin with. */
  again: { states: REQUEST_STATES, by: "order" },
} as const satisfies Record<string, { states: readonly RequestState[]; by: "submitter" | "order" | "administrator" }>;
export type RequestAction = keyof typeof REQUEST_ACTIONS;

/** Whether a state allows an action; whether this account may is `allowed` of the request. */
export function requestCan(state: RequestState, action: RequestAction): boolean {
  return (REQUEST_ACTIONS[action].states as readonly RequestState[]).includes(state);
}
