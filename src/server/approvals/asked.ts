import { sql, type RawBuilder } from "kysely";
import type { SignedIn } from "../accounts/signed-in.ts";

/** SQL: a table of the accounts in whose name the caller may speak: its own, and those that have delegated to it. */
export function principals({ id }: SignedIn): RawBuilder<unknown> {
  return sql`(select ${id}::int as id union select account from delegation_in_force where delegate = ${id})`;
}

/**
 * SQL: the request in this table asks the caller, or somebody who has delegated to it, at some level: as a member of
 * a level's user group, or by an object rule `approve` for the request's environment or category. Such a rule stands
 * for every level: its group may see and vote at any level of the requests of that part.
 */
export function asks(caller: SignedIn, table: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const people = principals(caller);
  return sql<boolean>`(${column("approval_flow")} is not null and (
    exists (select 1 from request_level l where l.request = ${column("id")} and l.user_group = any(array(
      select g.user_group from asked_by_group g where g.account in ${people})))
    or exists (select 1 from asked_by_rule o where o.account in ${people} and ${reaches("o", table)})))`;
}

/** SQL: an object rule in one table reaches the request in the other. */
export function reaches(rule: string, request: string): RawBuilder<boolean> {
  const [r, q] = [(name: string) => sql.ref(`${rule}.${name}`), (name: string) => sql.ref(`${request}.${name}`)];
  return sql<boolean>`(${r("environment")} is null or ${r("environment")} = ${q("environment")})
    and (${r("category")} is null or ${r("category")} = ${q("category")})`;
}
