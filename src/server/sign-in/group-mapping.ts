import { sameDn } from "../../adapters/identity/ldap-names.ts";
import type { SignInMethod } from "../../contract/sign-in-method.ts";
import type { Database } from "../store/database.ts";

type Mapping = Pick<SignInMethod, "kind" | "groups">;

/** The user groups that somebody with these groups belongs to. */
export function mappedGroups({ kind, groups }: Mapping, external: readonly string[]): readonly number[] {
  const same = (left: string, right: string): boolean => (kind === "ldap" ? sameDn(left, right) : left === right);
  const belonging = groups.filter((group) => external.some((each) => same(group.external, each)));
  return [...new Set(belonging.map(({ userGroup }) => userGroup))];
}

/**
 * Puts an account into the user groups that the mapping leads to, and takes it out of the others that the mapping
 * names; all other groups are left alone. Gives the names of both.
 */
export async function syncGroups(
  trx: Database,
  account: number,
  mapping: Mapping,
  external: readonly string[],
): Promise<{ readonly added: readonly string[]; readonly removed: readonly string[] }> {
  const belongs = mappedGroups(mapping, external);
  const named = [...new Set(mapping.groups.map(({ userGroup }) => userGroup))];
  if (named.length === 0) return { added: [], removed: [] };
  // A group that was deleted since is not there any more.
  const groups = await trx.selectFrom("user_group").select(["id", "name"]).where("id", "in", named).execute();
  const rows = await trx
    .selectFrom("user_group_member")
    .select("user_group")
    .where("account", "=", account)
    .where("user_group", "in", named)
    .execute();
  const isIn = (id: number): boolean => rows.some(({ user_group }) => user_group === id);
  const added = groups.filter(({ id }) => belongs.includes(id) && !isIn(id));
  const removed = groups.filter(({ id }) => !belongs.includes(id) && isIn(id));
  if (added.length > 0)
    await trx
      .insertInto("user_group_member")
      .values(added.map(({ id }) => ({ user_group: id, account })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  if (removed.length > 0)
    await trx
      .deleteFrom("user_group_member")
      .where("account", "=", account)
      .where(
        "user_group",
        "in",
        removed.map(({ id }) => id),
      )
      .execute();
  return { added: added.map(({ name }) => name), removed: removed.map(({ name }) => name) };
}
