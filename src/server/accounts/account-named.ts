import { notFound } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";

/** An account as the audit names it; throws 404 where there is none. */
export async function accountNamed(db: Database, id: number): Promise<{ kind: string; id: number; name: string }> {
  const row = await db.selectFrom("account").select(["id", "name"]).where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw notFound("account");
  return { kind: "account", ...row };
}
