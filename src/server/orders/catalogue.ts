import { sql } from "kysely";
import type { Environment, WorkOrder } from "../../contract/definitions.ts";
import type { OrderListItem } from "../../contract/requests.ts";
import type { RequestState } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Database } from "../store/database.ts";
import { maySubmit } from "./order-access.ts";

interface Row extends EnvironmentRow {
  id: number;
  name: WorkOrder["name"];
  description: WorkOrder["description"];
  category: string | null;
  favourite: boolean;
  request: number | null;
  state: RequestState;
  at: Date;
  by: string;
  summary: string;
}

/** Active orders that the caller may submit, by the order of environments and categories, with the last request of each. */
export async function catalogue(db: Database, caller: SignedIn): Promise<OrderListItem[]> {
  const { rows } = await sql<Row>`
    with listed as materialized (
      select o.id, o.name, o.data->>'description' as description, ${ENVIRONMENT_COLUMNS}, c.name as category,
        exists (select 1 from favourite f where f.account = ${caller.id} and f.work_order = o.id) as favourite,
        r.id as request, r.account, r.state, coalesce(r.ended_at, r.started_at, r.submitted_at) as at, r.summary,
        (e.data->>'order')::int as environment_order, (c.data->>'order')::int as category_order
      from definition o
      join definition e on e.id = o.environment
      left join definition c on c.id = o.category
      left join lateral (select id, account, state, summary, ended_at, started_at, submitted_at from request
        where work_order = o.id order by id desc limit 1) r on true
      where o.kind = 'work_order' and o.deleted_at is null
        and (o.data->>'active')::boolean and not (o.data->>'template')::boolean
        and ${maySubmit(caller, "o.id")}
    )
    select listed.*, a.name as by from listed left join account a on a.id = listed.account
    order by environment_order, environment_name, category_order nulls last, category nulls last, listed.name`.execute(
    db,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    summary: firstLine(row.description),
    environment: environmentOf(row),
    category: row.category,
    favourite: row.favourite,
    last:
      row.request === null
        ? null
        : { request: row.request, state: row.state, at: row.at.toISOString(), by: row.by, values: row.summary },
  }));
}

/** An environment as lists show it. */
export function environmentRef(id: number, { name, colour, protected: isProtected }: Environment) {
  return { id, name, colour, protected: isProtected };
}

/** SQL: what lists show of the environment `e`. */
export const ENVIRONMENT_COLUMNS = sql`e.id as environment, e.name as environment_name,
  e.data->>'colour' as environment_colour, (e.data->>'protected')::boolean as environment_protected`;

export interface EnvironmentRow {
  environment: number;
  environment_name: string;
  environment_colour: Environment["colour"];
  environment_protected: boolean;
}

/** The same, of a row that has those columns. */
export function environmentOf(row: EnvironmentRow): ReturnType<typeof environmentRef> {
  return {
    id: row.environment,
    name: row.environment_name,
    colour: row.environment_colour,
    protected: row.environment_protected,
  };
}

/** The first line of a description that says something, without Markdown's marks. */
export function firstLine(description: string): string {
  const line = description.split("\n").find((text) => text.trim() !== "") ?? "";
  return line
    .replaceAll(/^[#>*\s-]+|[*_`]/g, "")
    .trim()
    .slice(0, 200);
}
