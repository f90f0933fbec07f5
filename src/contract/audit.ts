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
