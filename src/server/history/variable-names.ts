import { sql } from "kysely";
import type { HistoryVariable } from "../../contract/history.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Database } from "../store/database.ts";
import { visibilityOf } from "./visibility.ts";

/** SQL: names of variables that are secret now. Their values are kept apart, except from a time when they were not. */
const SECRET_NAMES = sql`(select name from definition where kind = 'variable' and deleted_at is null
  and (data->>'secret')::boolean)`;

/** Those of the names whose values may be shown. */
export async function openNames(db: Database, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${[...names]}::text[]) with ordinality as n(name, place)
    where name not in ${SECRET_NAMES} order by place`.execute(db);
  return rows.map(({ name }) => name);
}

interface VariableFilter {
  readonly environment?: number | undefined;
  readonly category?: number | undefined;
  readonly order?: number | undefined;
}

/** The variables that occur in requests that the caller may see, of the orders that the filter leaves, by label. */
export async function historyVariables(
  db: Database,
  caller: SignedIn,
  { environment, category, order }: VariableFilter,
): Promise<HistoryVariable[]> {
  const visibility = await visibilityOf(db, caller);
  const visible =
    visibility === undefined
      ? sql`true`
      : sql`v.work_order in (${sql.join(
          [
            sql`select unnest(${[...visibility.orders]}::int[])`,
            ...visibility.waysBesidesOrders("r").map((way) => sql`select r.work_order from request r where ${way}`),
          ],
          sql` union `,
        )})`;
  const { rows } = await sql<HistoryVariable>`
    select v.name, coalesce(
      (select d.data->>'label' from definition d where d.kind = 'variable' and d.name = v.name and d.deleted_at is null
        order by d.updated_at desc limit 1), v.name) as label
    from (select distinct v.name from request_variable v join definition o on o.id = v.work_order
      where (${environment ?? null}::int is null or o.environment = ${environment ?? null})
        and (${category ?? null}::int is null or coalesce(o.category, 0) = ${category ?? null})
        and (${order ?? null}::int is null or v.work_order = ${order ?? null})
        and ${visible}) v
    where v.name not in ${SECRET_NAMES}
    order by v.name`.execute(db);
  return rows;
}
