import type { DefinitionKind } from "./definitions.ts";

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

/**
 * What a role may allow. `submit` and `approve` say whether somebody may at all; which orders and approvals, the orders,
 * flows and object rules say. `see` and `configure` of a role reach everything; object rules give them for a part.
 */
export const PERMISSIONS = [
  /** Submit the orders that one's user groups may submit. */
  "submit",
  /** Vote where one's user groups are asked. */
  "approve",
  /** See everybody's requests. */
  "see",
  "dashboard",
  "fleet",
  "configure",
  /** Submit in spite of a freeze window, with a reason. */
  "break-glass",
  /** Read the audit. */
  "audit",
  /** Accounts, user groups, roles, sign-in methods, notification channels, system health. */
  "administer",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The roles that are always there; more can be made. `administrator` allows everything and cannot be changed. */
export const BUILT_IN_ROLES = {
  administrator: PERMISSIONS,
  maintainer: ["submit", "approve", "see", "dashboard", "fleet", "configure"],
  submitter: ["submit", "approve", "fleet"],
  auditor: ["see", "dashboard", "fleet", "audit"],
} as const satisfies Record<string, readonly Permission[]>;
export type BuiltInRole = keyof typeof BUILT_IN_ROLES;

/** Kinds of definitions that belong to the administration of the console, not to the configuration of orders. */
export const ADMINISTRATION_KINDS: readonly DefinitionKind[] = ["notification_channel", "sign_in_method"];

/** The permissions that an object rule can give a user group for an environment, a category, or both. */
export const RULE_PERMISSIONS = ["see", "submit", "approve", "configure"] as const satisfies readonly Permission[];
export type RulePermission = (typeof RULE_PERMISSIONS)[number];

/**
 * What can be done to a request, in which states, and by whom: its submitter, anybody who may submit its order, or
 * those who are asked for approval at its present level. The one table that server and pages decide by.
 */
export const REQUEST_ACTIONS = {
  /** Take it back before it runs. */
  revoke: { states: ["waiting", "approved", "scheduled", "queued"], by: "submitter" },
  approve: { states: ["waiting"], by: "approver" },
  /** Needs a reason. */
  reject: { states: ["waiting"], by: "approver" },
  /** Change values, note or time, or take over newer definitions; votes that there are become void. */
  edit: { states: ["waiting", "approved", "scheduled"], by: "submitter" },
  /** Run what is approved, where the order does not run it by itself. */
  run: { states: ["approved"], by: "submitter" },
  /** TERM: a release finishes the hosts in hand; other commands end, or are killed after the order's grace. */
  stop: { states: ["running"], by: "order" },
  /** A second TERM: a release takes the hosts in hand back at once. */
  abort: { states: ["running"], by: "order" },
  /** KILL to all that is left. */
  kill: { states: ["running"], by: "order" },
  /** Submit the order again, with these values to begin with. */
  again: { states: REQUEST_STATES, by: "order" },
} as const satisfies Record<string, { states: readonly RequestState[]; by: "submitter" | "order" | "approver" }>;
export type RequestAction = keyof typeof REQUEST_ACTIONS;

/** Whether a state allows an action; whether this account may is `allowed` of the request. */
export function requestCan(state: RequestState, action: RequestAction): boolean {
  return (REQUEST_ACTIONS[action].states as readonly RequestState[]).includes(state);
}
