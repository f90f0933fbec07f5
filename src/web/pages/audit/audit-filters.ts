import type { AuditAction } from "../../../contract/audit.ts";
import { beginOf, endOf, filterTime } from "../../components/filter-times.ts";
import type { AuditFilters } from "../../paths.ts";

/** Actions that are looked for together. What is in none of these is found by its own name. */
export const ACTION_AREAS = {
  signIn: [
    "signed-in",
    "sign-in-failed",
    "locked-out",
    "signed-out",
    "session-ended",
    "sessions-ended",
    "password-changed",
    "password-reset",
    "totp-enrolled",
    "totp-removed",
  ],
  people: [
    "account-created",
    "account-changed",
    "accounts-imported",
    "user-group-created",
    "user-group-changed",
    "user-group-deleted",
    "role-created",
    "role-changed",
    "role-deleted",
    "rule-created",
    "rule-deleted",
    "token-created",
    "token-revoked",
    "delegation-created",
    "delegation-deleted",
  ],
  configuration: ["definition-created", "definition-changed", "definition-deleted"],
  requests: [
    "submitted",
    "edited",
    "revoked",
    "glass-broken",
    "vote-approve",
    "vote-reject",
    "votes-voided",
    "approved",
    "rejected",
    "expired",
    "refused",
  ],
  runs: ["run-requested", "run-started", "run-ended", "stop-requested", "abort-requested", "kill-requested"],
} as const satisfies Record<string, readonly AuditAction[]>;
export type ActionArea = keyof typeof ACTION_AREAS;

function isArea(action: string): action is ActionArea {
  return action in ACTION_AREAS;
}

/** The filters that an address holds; what makes no sense in it is left out. */
export function filtersIn(search: Readonly<Record<string, unknown>>): AuditFilters {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    actor: text("actor"),
    action: text("action"),
    kind: text("kind"),
    // An id alone says nothing: each kind counts anew.
    id: text("kind") === undefined ? undefined : text("id"),
    text: text("text"),
    from: filterTime(search["from"]),
    to: filterTime(search["to"]),
  };
}

/** What is asked for: an area becomes its actions, days the moments at which they begin and end for the viewer. */
export function auditQuery({ action, from, to, ...filters }: AuditFilters): AuditFilters {
  return {
    ...filters,
    action: action !== undefined && isArea(action) ? ACTION_AREAS[action].join(",") : action,
    from: beginOf(from),
    to: endOf(to),
  };
}

/** Number and hash of an event as people write them down: `4312 9f86d0…`. */
export function markIn(text: string): { readonly seq: number; readonly hash: string } | undefined {
  const [, seq = "", hash = ""] = /^\s*#?(\d{1,15})[\s:]+([\da-f]{64})\s*$/iu.exec(text) ?? [];
  return hash === "" ? undefined : { seq: Number(seq), hash: hash.toLowerCase() };
}
