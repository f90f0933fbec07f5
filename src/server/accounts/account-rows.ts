import { sql } from "kysely";
import type { Account } from "../../contract/accounts.ts";
import { invalid } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";

/** The accounts as administrators see them, by name; `id`: this one only. */
export async function accountsIn(db: Database, id?: number): Promise<Account[]> {
  let query = db
    .selectFrom("account")
    .select(["id", "version", "name", "display_name", "email", "role", "active", "last_sign_in"])
    .select(
      sql<boolean>`exists (select from totp where totp.account = account.id and confirmed_at is not null)`.as("totp"),
    )
    .select(sql<string | null>`(select d.name from definition d where d.id = account.method)`.as("method"))
    .select(
      sql<number[]>`(select coalesce(array_agg(m.user_group order by m.user_group), '{}')
        from user_group_member m where m.account = account.id)`.as("groups"),
    )
    .orderBy("name");
  if (id !== undefined) query = query.where("id", "=", id);
  return (await query.execute()).map(({ display_name, last_sign_in, ...row }) => ({
    ...row,
    displayName: display_name,
    lastSignIn: last_sign_in?.toISOString() ?? null,
  }));
}

/** Makes an account a member of exactly these groups; throws where one is not there. */
export async function putInGroups(trx: Database, account: number, groups: readonly number[]): Promise<void> {
  await trx.deleteFrom("user_group_member").where("account", "=", account).execute();
  if (groups.length === 0) return;
  // Held, so that a group is not deleted in between.
  const known = await trx.selectFrom("user_group").select("id").where("id", "in", groups).forKeyShare().execute();
  const missing = groups.find((id) => !known.some((group) => group.id === id));
  if (missing !== undefined)
    throw invalid([{ field: "groups", rule: "unknown", message: `There is no user group ${missing}.` }]);
  await trx
    .insertInto("user_group_member")
    .values(known.map(({ id }) => ({ user_group: id, account })))
    .execute();
}
