import { sql, type RawBuilder } from "kysely";
import { remembered } from "../accounts/lately-signed-in.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { principals } from "../approvals/asked.ts";
import { maySubmit, ruled } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import { AS_LITERALS, AS_PARAMETERS, type GivenValues } from "./given-values.ts";

type Condition = RawBuilder<boolean>;

/**
 * Which requests a caller may see, as maySeeRequest (order-access.ts) says, with what that looks up for every row looked
 * up once, so that a list can begin at an index.
 */
export interface Visibility {
  /** Two that see the same have the same. */
  readonly key: string;
  /** Work orders all of whose requests may be seen. */
  readonly orders: readonly number[];
  /** SQL: a row of this table of requests may be seen. */
  readonly condition: (table: string) => Condition;
  /** The same as ways to the rows, an index for each; two may lead to the same row. Planned for whom they are for. */
  readonly ways: (table: string) => Condition[];
  /** Those ways but for the one by `orders`. */
  readonly waysBesidesOrders: (table: string) => Condition[];
}

interface Part {
  readonly environment: number | null;
  readonly category: number | null;
}

/** Undefined: the caller may see all requests. */
export async function visibilityOf(db: Database, caller: SignedIn): Promise<Visibility | undefined> {
  if (caller.everywhere.includes("see")) return undefined;
  return remembered(caller, "visibility", () => lookUp(db, caller));
}

async function lookUp(db: Database, caller: SignedIn): Promise<Visibility> {
  const mayApprove = caller.permissions.includes("approve");
  const people = principals(caller);
  const { rows } = await sql<{ orders: number[]; groups: number[]; parts: Part[] }>`
    select array(select o.id from definition o where o.kind = 'work_order' and ${maySubmit(caller, "o.id")}) as orders,
      array(select distinct g.user_group from asked_by_group g where ${mayApprove} and g.account in ${people}) as groups,
      (select coalesce(jsonb_agg(distinct jsonb_build_object('environment', o.environment, 'category', o.category)), '[]')
        from asked_by_rule o where ${mayApprove} and o.account in ${people}) as parts`.execute(db);
  const { orders = [], groups = [], parts = [] } = rows[0] ?? {};
  const byOrder = (table: string, given: GivenValues): Condition[] =>
    orders.length === 0 ? [] : [sql<boolean>`${sql.ref(`${table}.work_order`)} = ${given.any(orders, "int")}`];
  const common = (table: string, given: GivenValues): Condition[] => {
    const column = (name: string) => sql.ref(`${table}.${name}`);
    const rules = ruled(caller, "see", table);
    return [
      sql<boolean>`${column("account")} = ${given.one(caller.id)}`,
      ...(rules === undefined ? [] : [rules]),
      ...parts.map((part) => sql<boolean>`(${column("approval_flow")} is not null and ${inPart(part, table)})`),
    ];
  };
  const waysBesidesOrders = (table: string): Condition[] => [
    ...common(table, AS_LITERALS),
    ...(groups.length === 0
      ? []
      : [
          sql<boolean>`(${sql.ref(`${table}.approval_flow`)} is not null and ${sql.ref(`${table}.id`)} in (
            select l.request from request_level l where l.user_group = any(${groups}::int[])))`,
        ]),
  ];
  return {
    key: JSON.stringify([caller.id, orders, groups, parts, caller.rules]),
    orders,
    condition: (table) =>
      anyOf([
        ...byOrder(table, AS_PARAMETERS),
        ...common(table, AS_PARAMETERS),
        ...(groups.length === 0
          ? []
          : [
              sql<boolean>`(${sql.ref(`${table}.approval_flow`)} is not null and exists (select 1 from request_level l
                where l.request = ${sql.ref(`${table}.id`)} and l.user_group = any(${groups}::int[])))`,
            ]),
      ]),
    ways: (table) => [...byOrder(table, AS_LITERALS), ...waysBesidesOrders(table)],
    waysBesidesOrders,
  };
}

function inPart({ environment, category }: Part, table: string): Condition {
  return sql<boolean>`(${environment}::int is null or ${sql.ref(`${table}.environment`)} = ${environment})
    and (${category}::int is null or ${sql.ref(`${table}.category`)} = ${category})`;
}

function anyOf(conditions: readonly Condition[]): Condition {
  return sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}
