import { audit } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";

/** Notes that somebody whom a method vouches for was not let in, or that it does not vouch for somebody. */
export async function noteRefusal(
  db: Database,
  method: { readonly id: number; readonly name: string },
  refused: { readonly name: string; readonly problem: string; readonly address: string },
): Promise<void> {
  await db.transaction().execute((trx) =>
    audit(trx, {
      actor: { id: null, name: refused.name, via: "sign-in", address: refused.address },
      action: "sign-in-failed",
      object: { kind: "sign_in_method", id: method.id, name: method.name },
      data: { by: method.name, problem: refused.problem },
    }),
  );
}
