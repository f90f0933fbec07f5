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
export async function audit(trx: Database, { actor, action, object, data = {} }: AuditEntry): Promise<void> {
  const at = new Date();
  const body: AuditBody = {
    at: at.toISOString(),
    actor,
    action,
    object: { kind: object.kind, id: String(object.id), name: object.name },
    data,
  };
  await trx
    .insertInto("audit_event")
    .values({
      at,
      actor: actor.name,
      action,
      object_kind: body.object.kind,
      object_id: body.object.id,
      object_name: body.object.name,
      body: JSON.stringify(body),
    })
    .execute();
}
