import type { AuditAction, AuditBody } from "../../contract/audit.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Database } from "../store/database.ts";

/** Who did it: a caller, or what the console does by itself. */
export type Actor = AuditBody["actor"];

export const CONSOLE_ACTOR: Actor = { id: null, name: "console", via: "console", address: "" };

export function actorOf(caller: SignedIn): Actor {
  const via = "token" in caller.via ? `token ${caller.via.name}` : "session";
  return { id: caller.id, name: caller.name, via, address: caller.address };
}

export interface AuditEntry {
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly object: { readonly kind: string; readonly id: number | string; readonly name: string };
  /** What else is to be known; never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Appends to the audit within the transaction that makes the change, so that neither is without the other; the
 * database numbers and chains it at the commit (migrations/audit.ts).
 */
export function audit(trx: Database, entry: AuditEntry): Promise<void> {
  return auditAll(trx, [entry]);
}

/** Events in one statement: a hundred at once take hardly longer than one. */
const BATCH = 500;

/** Appends many events, in this order. */
export async function auditAll(trx: Database, entries: readonly AuditEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += BATCH)
    await trx
      .insertInto("audit_event")
      .values(entries.slice(from, from + BATCH).map(rowOf))
      .execute();
}

function rowOf({ actor, action, object, data = {} }: AuditEntry) {
  const at = new Date();
  const body: AuditBody = {
    at: at.toISOString(),
    actor,
    action,
    object: { kind: object.kind, id: String(object.id), name: object.name },
    data,
  };
  return {
    at,
    actor: actor.name,
    action,
    object_kind: body.object.kind,
    object_id: body.object.id,
    object_name: body.object.name,
    body: JSON.stringify(body),
  };
}
