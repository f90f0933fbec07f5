import { sql, type RawBuilder } from "kysely";
import { AUDIT_ACTIONS, AuditBody, type AuditEvent } from "../../contract/audit.ts";
import { invalid } from "../api/problem-error.ts";
import { listOf, patternOf } from "../history/history-filter.ts";
import type { Database } from "../store/database.ts";

interface AuditQuery {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly kind?: string | undefined;
  readonly id?: string | undefined;
  readonly text?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Number of the last event of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

interface AuditRow {
  readonly seq: number;
  readonly body: string;
  readonly hash: Buffer;
}

/** The newest events, among which the greatest number before a moment is: so many may be committed at once. */
const AT_ONCE = 200;
/** The newest events that are looked at one by one before an index is asked, as in matching-requests.ts. */
const WINDOW = 2000;

/** Events that fit all filters, newest first, a page at a time. */
export async function listAudit(
  db: Database,
  query: AuditQuery,
): Promise<{ items: AuditEvent[]; next: string | null }> {
  const { limit } = query;
  let rows: AuditRow[] = [];
  for (const events of matchingEvents(query)) {
    ({ rows } = await sql<AuditRow>`
      select seq, body, hash from audit_event where seq = any(array(${events})) order by seq desc`.execute(db));
    if (rows.length > limit) break;
  }
  const items = rows.slice(0, limit).map(eventOf);
  return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null };
}

function eventOf({ seq, body, hash }: AuditRow): AuditEvent {
  return { seq, ...(JSON.parse(body) as AuditBody), hash: hash.toString("hex") };
}

/** SQL: numbers of events, as matchingRequests has ids. */
function matchingEvents(query: AuditQuery): RawBuilder<unknown>[] {
  const { limit, to } = query;
  const conditions = conditionsOf(query);
  const words = (query.text ?? "").split(/\s+/).filter(Boolean).slice(0, 8);
  const texts = words.map((word) => sql`e.search like lower(${patternOf(word)})`);
  const found = words
    .filter((word) => Array.from(word).length > 1)
    .map((word) => sql`search_grams(e.search) @> sought_grams(lower(${word}))`);
  const before = query.after === undefined ? sql`e.seq is not null` : sql`e.seq < ${afterOf(query.after)}`;
  const upper =
    to === undefined
      ? sql`true`
      : sql`e.seq <= (select max(seq) from (select seq from audit_event where at < ${to} and seq is not null
          order by at desc, seq desc limit ${AT_ONCE}) near)`;
  const [all, allFound] = [
    [before, ...conditions, ...texts],
    [before, ...conditions, ...found, ...texts],
  ];
  if (conditions.length <= 1 && texts.length === 0 && to === undefined && query.from === undefined)
    return [sql`select e.seq from audit_event e where ${and(all)} order by e.seq desc limit ${limit + 1}`];
  return [
    sql`select e.seq from (select * from audit_event e where ${before} and ${upper} order by e.seq desc limit ${WINDOW}) e
      where ${and(all)} order by e.seq desc limit ${limit + 1}`,
    sql`with found as materialized (select e.seq from audit_event e where ${and(allFound)})
      select seq from found order by seq desc limit ${limit + 1}`,
  ];
}

function conditionsOf({ actor, action, kind, id, from, to }: AuditQuery): RawBuilder<unknown>[] {
  return [
    ...(actor === undefined
      ? []
      : [sql`lower(e.actor) = any(${listOf(actor).map((name) => name.toLowerCase())}::text[])`]),
    ...(action === undefined ? [] : [sql`e.action = any(${actionsOf(action)}::text[])`]),
    ...(kind === undefined ? [] : [sql`e.object_kind = ${kind}`]),
    ...(id === undefined ? [] : [sql`e.object_id = ${id}`]),
    ...(from === undefined ? [] : [sql`e.at >= ${from}`]),
    ...(to === undefined ? [] : [sql`e.at < ${to}`]),
  ];
}

function actionsOf(text: string): string[] {
  const names = listOf(text);
  const unknown = names.find((name) => !(AUDIT_ACTIONS as readonly string[]).includes(name));
  if (unknown === undefined) return names;
  throw invalid([
    {
      field: "action",
      rule: "unknown",
      message: `There is no action ${unknown}. Actions: ${AUDIT_ACTIONS.join(", ")}.`,
    },
  ]);
}

function afterOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalid([{ field: "after", rule: "format", message: "Give what the page before had as next." }]);
}

function and(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` and `);
}
