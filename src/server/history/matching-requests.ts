import { sql, type RawBuilder } from "kysely";
import { ENDED_REQUEST_STATES } from "../../contract/states.ts";
import {
  columnConditions,
  indexedTexts,
  valueConditions,
  wordConditions,
  type HistoryFilter,
} from "./history-filter.ts";
import type { Visibility } from "./visibility.ts";

/**
 * Ids below the newest one that are looked at before a rare request is sought: what is common is found there at once.
 * The index request_list has all that is looked at; this takes three milliseconds.
 */
const WINDOW = 20_000;
/** The same where each has to be searched for a text. */
const TEXT_WINDOW = 1000;
/** Requests by time of submission, among which the greatest id before a moment is: so many may be submitted at once. */
const AT_ONCE = 200;

interface Wanted {
  readonly filter: HistoryFilter;
  /** Undefined: all. */
  readonly visibility: Visibility | undefined;
  /** Only requests with a smaller id. */
  readonly after: number | undefined;
  readonly limit: number;
}

/**
 * SQL: ids of the newest requests that fit, as queries to be tried one after the other until one gives as many as were
 * asked for; the last one gives what there is. Which rows fit is mostly known to no index alone, and PostgreSQL takes
 * them for evenly spread. So the newest are looked at first. Where they do not fill the page, what fits is rare, and is
 * collected by the most selective index before it is put in order.
 */
export function matchingRequests(wanted: Wanted): RawBuilder<unknown>[] {
  const { filter, visibility, limit, after } = wanted;
  const conditions = [
    ...columnConditions(filter, "r"),
    ...wordConditions(filter, "r"),
    ...valueConditions(filter, "r"),
  ];
  const seen = visibility === undefined ? [] : [visibility.condition("r")];
  const before = after === undefined ? [] : [sql<boolean>`r.id < ${after}`];
  if (isIndexed(wanted))
    return [sql`select r.id from request r where ${all([...conditions, ...before])} order by r.id desc limit ${limit}`];
  const last = rarely(wanted);
  if (filter.states?.every((state) => !ENDED_REQUEST_STATES.includes(state)) === true) return [last];
  const size = filter.words.length > 0 || filter.values.length > 0 ? TEXT_WINDOW : WINDOW;
  // Both ends, so that PostgreSQL, which knows neither beforehand, takes the window for a small one.
  const window = sql<boolean>`r.id <= ${newest(wanted)} and r.id > ${newest(wanted)} - ${size}::bigint`;
  return [
    sql`select r.id from request r where ${all([window, ...conditions, ...seen])} order by r.id desc limit ${limit}`,
    last,
  ];
}

/** Whether one index has the rows in the order of the list. */
function isIndexed({ filter, visibility }: Wanted): boolean {
  const { states, environment, category, order, accounts, words, values, from, to } = filter;
  if (visibility !== undefined || words.length > 0 || values.length > 0) return false;
  if (from !== undefined || to !== undefined) return false;
  if ((states?.length ?? 1) > 1 || (accounts?.length ?? 1) > 1) return false;
  return [states, environment, category, order, accounts].filter((value) => value !== undefined).length <= 1;
}

/** SQL: the greatest id that the filter may leave. */
function newest({ filter: { to }, after }: Wanted): RawBuilder<unknown> {
  const last =
    to === undefined
      ? sql`(select max(id) from request)`
      : sql`(select max(id) from (select id from request where submitted_at < ${to}
          order by submitted_at desc, id desc limit ${AT_ONCE}) near)`;
  return after === undefined ? last : sql`least(${after}::bigint - 1, ${last})`;
}

function rarely({ filter, visibility, after, limit }: Wanted): RawBuilder<unknown> {
  const before = after === undefined ? [] : [sql<boolean>`r.id < ${after}`];
  const conditions = [...columnConditions(filter, "r"), ...valueConditions(filter, "r"), ...before];
  const found = indexedTexts(filter);
  const ways = visibility?.ways("r") ?? [sql<boolean>`true`];
  // Where texts are looked up, PostgreSQL weighs whether they, a column or what may be seen leave fewest.
  const selects =
    found === undefined
      ? ways.map(
          (way) => sql`select r.id from request r where ${all([way, ...conditions, ...wordConditions(filter, "r")])}`,
        )
      : [
          sql`select r.id from request r where (${sql.join(ways, sql` or `)}) and r.id in ${found} and ${all(conditions)}`,
        ];
  return sql`with found as materialized (${sql.join(selects, sql` union `)})
    select id from found order by id desc limit ${limit}`;
}

function all(conditions: readonly RawBuilder<boolean>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
