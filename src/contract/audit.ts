import { z } from "zod";

/** What the audit keeps: who did it is an account, or the console itself. */
export const AUDIT_ACTIONS = [
  "signed-in",
  "sign-in-failed",
  "locked-out",
  "signed-out",
  "session-ended",
  "password-changed",
  "password-reset",
  "totp-enrolled",
  "totp-removed",
  "token-created",
  "token-revoked",
  "account-created",
  "account-changed",
  "user-group-created",
  "user-group-changed",
  "user-group-deleted",
  "role-created",
  "role-changed",
  "role-deleted",
  "rule-created",
  "rule-deleted",
  "definition-created",
  "definition-changed",
  "definition-deleted",
  "delegation-created",
  "delegation-deleted",
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
  "run-requested",
  "stop-requested",
  "abort-requested",
  "kill-requested",
  "run-started",
  "run-ended",
  "audit-exported",
  "sessions-ended",
  "accounts-imported",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The JSON text of an event that goes into the hash has these, in this order. */
export const AuditBody = z.object({
  at: z.string(),
  actor: z.object({
    /** null: the console itself. */
    id: z.number().nullable(),
    name: z.string(),
    /** `session`, `token <name>`, `sign-in`, or `console`. */
    via: z.string(),
    address: z.string(),
  }),
  action: z.enum(AUDIT_ACTIONS),
  object: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  data: z.record(z.string(), z.unknown()),
});
export type AuditBody = z.infer<typeof AuditBody>;

/** An event as it stands in the chain. */
export const AuditEvent = AuditBody.extend({
  seq: z.number(),
  /** SHA-256, hexadecimal, over the hash before, the number and the event. */
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** The end of the chain at some moment: what one writes down, to find out later whether the end was cut off. */
export const AuditMark = z.strictObject({
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[\da-f]{64}$/),
});
export type AuditMark = z.infer<typeof AuditMark>;

/**
 * What is wrong with the chain at its first broken event. `changed`: the event is not what its hash was made from.
 * `relinked`: it does not follow the one before. `missing`: its number is not there. `columns`: what lists are
 * filtered by differs from the event. `unnumbered`: a row is there that never got a number. `end`: the chain does not
 * end where the console has last written. `expected`: what was written down is not there (any more).
 */
const AUDIT_BREAKS = ["changed", "relinked", "missing", "columns", "unnumbered", "end", "expected"] as const;

export const AuditCheck = z.object({
  ok: z.boolean(),
  /** Events that were checked and are in order. */
  checked: z.number(),
  /** The end of the chain; to be written down somewhere else. */
  head: AuditMark,
  broken: z.object({ seq: z.number(), what: z.enum(AUDIT_BREAKS), detail: z.string() }).nullable(),
  milliseconds: z.number(),
});
export type AuditCheck = z.infer<typeof AuditCheck>;
