import { sql, type RawBuilder } from "kysely";
import type { Environment } from "../../contract/definitions.ts";
import type { RequestListItem } from "../../contract/requests.ts";
import { REQUEST_STATES, type RequestState } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { invalid } from "../api/problem-error.ts";
import { environmentRef } from "../orders/catalogue.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";

interface Row {
  id: number;
  work_order: number;
  order_name: string;
  order_version: number;
  environment_id: number;
  environment: Environment;
  category: string | null;
  state: RequestState;
  summary: string;
  by: string;
  submitted_at: Date;
  scheduled_at: Date | null;
  started_at: Date | null;
  ended_at: Date | null;
  usual_seconds: number | null;
}

export interface RequestFilter {
  /** One or several states, separated by commas. */
  readonly state?: string | undefined;
  readonly environment?: number | undefined;
  readonly order?: number | undefined;
  readonly by?: string | undefined;
  /** Part of the order's name, of the values or of the note. */
  readonly text?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The id of the last request of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Requests that the caller may see, newest first, a page at a time. */
export async function listRequests(
  db: Database,
  caller: SignedIn,
  filter: RequestFilter,
): Promise<{ items: RequestListItem[]; next: string | null }> {
  const conditions: RawBuilder<unknown>[] = [sql`${maySeeRequest(caller, "r")}`];
  const when = (condition: RawBuilder<unknown>): void => void conditions.push(condition);
  const { state, environment, order, by, text, from, to, after, limit } = filter;
  if (state !== undefined) when(sql`r.state = any(${statesOf(state)}::text[])`);
  if (environment !== undefined) when(sql`r.environment = ${environment}`);
  if (order !== undefined) when(sql`r.work_order = ${order}`);
  if (by !== undefined) when(sql`lower(a.name) = ${by.toLowerCase()}`);
  if (text !== undefined) {
    const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    when(sql`(r.order_name ilike ${pattern} or r.summary ilike ${pattern} or r.note ilike ${pattern})`);
  }
  if (from !== undefined) when(sql`r.submitted_at >= ${from}`);
  if (to !== undefined) when(sql`r.submitted_at < ${to}`);
  if (after !== undefined) when(sql`r.id < ${afterOf(after)}`);
  const rows = await select(db, sql.join(conditions, sql` and `), limit + 1);
  const items = rows.slice(0, limit).map(itemOf);
  return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
}

/** One request as lists show it; undefined where the caller may not see it. */
export async function findListed(db: Database, caller: SignedIn, id: number): Promise<RequestListItem | undefined> {
  const [row] = await select(db, sql`r.id = ${id} and ${maySeeRequest(caller, "r")}`, 1);
  return row === undefined ? undefined : itemOf(row);
}

/** Whether the caller may see a request, its run and its log. */
export async function maySee(db: Database, caller: SignedIn, id: number): Promise<boolean> {
  const row = await db
    .selectFrom("request")
    .select("id")
    .where("id", "=", id)
    .where(maySeeRequest(caller))
    .executeTakeFirst();
  return row !== undefined;
}

async function select(db: Database, condition: RawBuilder<unknown>, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.id, r.work_order, r.order_name, r.order_version, e.id as environment_id, e.data as environment,
      c.name as category, r.state, r.summary, a.name as by, r.submitted_at, r.scheduled_at, r.started_at, r.ended_at,
      r.usual_seconds
    from request r
    join definition e on e.id = r.environment
    left join definition c on c.id = r.category
    join account a on a.id = r.account
    where ${condition}
    order by r.id desc
    limit ${limit}`.execute(db);
  return rows;
}

function itemOf(row: Row): RequestListItem {
  return {
    id: row.id,
    order: { id: row.work_order, name: row.order_name, version: row.order_version },
    environment: environmentRef(row.environment_id, row.environment),
    category: row.category,
    state: row.state,
    summary: row.summary,
    by: row.by,
    submittedAt: row.submitted_at.toISOString(),
    scheduledAt: row.scheduled_at?.toISOString() ?? null,
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    usualSeconds: row.usual_seconds,
  };
}

function statesOf(text: string): RequestState[] {
  const names = text.split(",");
  const unknown = names.find((name) => !(REQUEST_STATES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw invalid([
      {
        field: "state",
        rule: "unknown",
        message: `There is no state ${unknown}. States: ${REQUEST_STATES.join(", ")}.`,
      },
    ]);
  return names as RequestState[];
}

function afterOf(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw invalid([{ field: "after", rule: "format", message: "Give what the page before had as next." }]);
  return Number(text);
}
