import { sql, type Expression, type SqlBool } from "kysely";
import type { SignedIn } from "../accounts/signed-in.ts";

/** SQL: the account may submit the work order in this column; administrators may submit all. */
export function maySubmit(caller: SignedIn, column: string): Expression<SqlBool> {
  if (caller.permissions.includes("administer")) return sql<boolean>`true`;
  if (!caller.permissions.includes("submit") || caller.groups.length === 0) return sql<boolean>`false`;
  return sql<boolean>`exists (select 1 from work_order_submitter s where s.work_order = ${sql.ref(column)}
    and s.user_group = any(${[...caller.groups]}::int[]))`;
}

/** SQL: the account may see the request in these columns: its own, and those of orders that it may submit. */
export function maySeeRequest(caller: SignedIn, table = "request"): Expression<SqlBool> {
  return sql<boolean>`(${sql.ref(`${table}.account`)} = ${caller.id} or ${maySubmit(caller, `${table}.work_order`)})`;
}
