import { sql } from "kysely";
import { ProblemError } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";

/**
 * Makes changes of who administers wait for each other: to be called before they read what they decide by. Two that
 * take each other's role away would otherwise both see that the other one is left.
 */
export async function oneAtATime(trx: Database): Promise<void> {
  await sql`select name from role where name = 'administrator' for no key update`.execute(trx);
}

/** Throws where nobody would be left who may administer; to be called after the change, within its transaction. */
export async function keepAnAdministrator(trx: Database): Promise<void> {
  const anybody = await trx
    .selectFrom("account")
    .innerJoin("role", "role.name", "account.role")
    .select("account.id")
    .where("account.active", "=", true)
    .where(sql<boolean>`'administer' = any(role.permissions)`)
    .limit(1)
    .executeTakeFirst();
  if (anybody !== undefined) return;
  throw new ProblemError(
    409,
    "last-administrator",
    "Nobody would be left who may administer. Give another active account a role with that permission first.",
  );
}
