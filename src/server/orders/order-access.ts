import { sql, type Expression, type RawBuilder, type SqlBool } from "kysely";
import type { RulePermission } from "../../contract/states.ts";
import { asks } from "../approvals/asked.ts";
import type { SignedIn } from "../accounts/signed-in.ts";

const NEVER = sql<boolean>`false`;
const ALWAYS = sql<boolean>`true`;

/**
 * SQL: the account may submit the work order in this column: those who administer may submit all, others those that
 * name one of their user groups, and those that an object rule gives them.
 */
export function maySubmit(caller: SignedIn, column: string): Expression<SqlBool> {
  if (caller.everywhere.includes("administer") && caller.everywhere.includes("submit")) return ALWAYS;
  if (!caller.permissions.includes("submit")) return NEVER;
  const order = sql.ref(column);
  const named =
    caller.groups.length === 0
      ? NEVER
      : sql<boolean>`exists (select 1 from work_order_submitter s where s.work_order = ${order}
          and s.user_group = any(${[...caller.groups]}::int[]))`;
  // A name that no query gives its own tables: the column would be taken for one of this.
  const rules = ruled(caller, "submit", "ruled_order");
  if (rules === undefined) return named;
  return sql<boolean>`(${named} or exists (
    select 1 from definition ruled_order where ruled_order.id = ${order} and ${rules}))`;
}

/**
 * SQL: the account may see the request in these columns: its own, those of orders that it may submit, those that its
 * permission `see` reaches, and those that ask for its vote, or for that of somebody who has delegated to it. An object
 * rule `approve` shows all requests of its part that ask anybody, and lets vote on them at any level.
 */
export function maySeeRequest(caller: SignedIn, table = "request"): Expression<SqlBool> {
  if (caller.everywhere.includes("see")) return ALWAYS;
  const rules = ruled(caller, "see", table);
  return sql<boolean>`(${sql.ref(`${table}.account`)} = ${caller.id}
    or ${maySubmit(caller, `${table}.work_order`)}
    ${caller.permissions.includes("approve") ? sql`or ${asks(caller, table)}` : sql``}
    ${rules === undefined ? sql`` : sql`or ${rules}`})`;
}

/** SQL: an object rule gives the permission for the row of this table; undefined: none does, anywhere. */
export function ruled(caller: SignedIn, permission: RulePermission, table: string): RawBuilder<boolean> | undefined {
  const rules = caller.rules.filter((rule) => rule.permission === permission);
  if (rules.length === 0) return undefined;
  const conditions = rules.map(({ environment, category }) => {
    const parts = [
      ...(environment === null ? [] : [sql`${sql.ref(`${table}.environment`)} = ${environment}`]),
      ...(category === null ? [] : [sql`${sql.ref(`${table}.category`)} = ${category}`]),
    ];
    return parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;
  });
  return sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}
