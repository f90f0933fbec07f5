import { sql, type RawBuilder } from "kysely";
import type { FormValues, RequestListItem } from "../../contract/requests.ts";
import type { RequestState } from "../../contract/states.ts";
import { valuesGiven } from "../../domain/form-values.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { invalid } from "../api/problem-error.ts";
import { historyFilter, listOf, type HistoryQuery } from "../history/history-filter.ts";
import { matchingRequests } from "../history/matching-requests.ts";
import { openNames } from "../history/variable-names.ts";
import { visibilityOf } from "../history/visibility.ts";
import { ENVIRONMENT_COLUMNS, environmentOf, type EnvironmentRow } from "../orders/catalogue.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import { isoOf, type Database } from "../store/database.ts";

interface Row extends EnvironmentRow {
  id: number;
  work_order: number;
  order_name: string;
  order_version: number;
  category: string | null;
  state: RequestState;
  summary: string;
  by: string;
  submitted_at: string;
  scheduled_at: string | null;
  started_at: string | null;
  ended_at: string | null;
  usual_seconds: number | null;
  form_values?: FormValues;
}

export interface RequestQuery extends HistoryQuery {
  /** Names of variables, separated by commas, whose values the items carry. */
  readonly columns?: string | undefined;
  /** The id of the last request of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Requests that the caller may see, newest first, a page at a time. */
export async function listRequests(
  db: Database,
  caller: SignedIn,
  query: RequestQuery,
): Promise<{ items: RequestListItem[]; next: string | null }> {
  const { limit } = query;
  const [filter, visibility, columns] = await Promise.all([
    historyFilter(db, query),
    visibilityOf(db, caller),
    openNames(db, listOf(query.columns ?? "")),
  ]);
  const after = query.after === undefined ? undefined : afterOf(query.after);
  const found = await matchingRequests(db, { filter, visibility, after, limit: limit + 1 }, (ids) =>
    selectListed(db, sql`r.id = any(array(${ids}))`, limit + 1, "newest", columns),
  );
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? String(items.at(-1)?.id) : null };
}

/** One request as lists show it; undefined where the caller may not see it. */
export async function findListed(db: Database, caller: SignedIn, id: number): Promise<RequestListItem | undefined> {
  const [item] = await selectListed(db, sql`r.id = ${id} and ${maySeeRequest(caller, "r")}`, 1);
  return item;
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

/** Requests `r` that a condition holds for, newest first where nothing else is said; with values of these variables. */
export async function selectListed(
  db: Database,
  condition: RawBuilder<unknown>,
  limit: number,
  first: "newest" | "oldest" = "newest",
  columns: readonly string[] = [],
): Promise<RequestListItem[]> {
  const { rows } = await sql<Row>`
    select r.id, r.work_order, r.order_name, r.order_version, ${ENVIRONMENT_COLUMNS},
      c.name as category, r.state, r.summary, a.name as by, r.submitted_at::text, r.scheduled_at::text,
      r.started_at::text, r.ended_at::text, r.usual_seconds ${columns.length === 0 ? sql`` : sql`, r.form_values`}
    from request r
    join definition e on e.id = r.environment
    left join definition c on c.id = r.category
    join account a on a.id = r.account
    where ${condition}
    order by r.id ${first === "newest" ? sql`desc` : sql`asc`}
    limit ${limit}`.execute(db);
  return rows.map((row) => itemOf(row, columns));
}

function itemOf(row: Row, columns: readonly string[]): RequestListItem {
  return {
    id: row.id,
    order: { id: row.work_order, name: row.order_name, version: row.order_version },
    environment: environmentOf(row),
    category: row.category,
    state: row.state,
    summary: row.summary,
    by: row.by,
    submittedAt: isoOf(row.submitted_at),
    scheduledAt: row.scheduled_at === null ? null : isoOf(row.scheduled_at),
    startedAt: row.started_at === null ? null : isoOf(row.started_at),
    endedAt: row.ended_at === null ? null : isoOf(row.ended_at),
    usualSeconds: row.usual_seconds,
    ...(columns.length === 0
      ? {}
      : { values: Object.fromEntries(columns.map((name) => [name, [...valuesGiven(row.form_values ?? {}, name)]])) }),
  };
}

/** The id in what the page before had as `next`. */
export function afterOf(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw invalid([{ field: "after", rule: "format", message: "Give what the page before had as next." }]);
  return Number(text);
}
