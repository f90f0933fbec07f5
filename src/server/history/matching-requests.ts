import { sql, type RawBuilder } from "kysely";
import { ENDED_REQUEST_STATES } from "../../contract/states.ts";
import type { Database } from "../store/database.ts";
import {
  columnConditions,
  gramConditions,
  isSearched,
  textConditions,
  valueConditions,
  type HistoryFilter,
} from "./history-filter.ts";
import { AS_LITERALS, AS_PARAMETERS, type GivenValues } from "./given-values.ts";
import type { Visibility } from "./visibility.ts";

/**
 * The newest requests that are looked at first, and as many as are looked at where that says that so many will do: what
 * is common is found there at once. A look at 10,000 in an index takes two milliseconds, as does one at 2000 texts.
 */
const WINDOW = { first: 2000, most: 20_000 };
const TEXT_WINDOW = { first: 500, most: 5000 };
/** The window that a first look asks for is made larger by this, so that it fills the page where hits are uneven. */
const MARGIN = 1.5;
/** A text that so many of the first window have is no help of an index. */
const COMMON = 0.05;
/** Requests by time of submission among which the last id before a moment is, and the first after it: so many at once. */
const AT_ONCE = 200;

const SEARCH = sql.ref("s.search");
/** SQL: the text of one request: each row that all else leaves is looked at. */
const SEARCH_OF_REQUEST = sql`(select s.search from request_search s where s.request = r.id)`;

interface Wanted {
  readonly filter: HistoryFilter;
  /** Undefined: all. */
  readonly visibility: Visibility | undefined;
  /** Only requests with a smaller id. */
  readonly after: number | undefined;
  readonly limit: number;
}

/**
 * Selects the newest requests that fit by `select`, which is given SQL of their ids, newest first. Which rows fit all
 * parts of a filter is known to no statistics, and PostgreSQL takes them for evenly spread. So the newest are looked at
 * first, in an index that has all columns. Where they do not fill the page, what fits is rare, and is collected by the
 * index that leaves fewest.
 */
export async function matchingRequests<T>(
  db: Database,
  wanted: Wanted,
  select: (ids: RawBuilder<unknown>) => Promise<T[]>,
): Promise<T[]> {
  const { filter, visibility, limit } = wanted;
  const searched = isSearched(filter);
  const isOpen = filter.states?.every((state) => !ENDED_REQUEST_STATES.includes(state)) === true;
  if (isOpen) return select(everywhere(wanted, false, AS_LITERALS));
  if (visibility === undefined && !searched) return select(everywhere(wanted, false, AS_PARAMETERS));
  const window = searched ? TEXT_WINDOW : WINDOW;
  const first = Math.max(window.first, 2 * limit);
  const near = await select(inWindow(wanted, first));
  if (near.length >= limit) return near;
  const enough = Math.ceil((MARGIN * first * limit) / near.length);
  if (enough <= window.most) {
    const found = await select(inWindow(wanted, enough));
    if (found.length >= limit) return found;
  }
  return select(everywhere(wanted, searched && (await isRareText(db, wanted)), AS_LITERALS));
}

/** SQL: those that fit among so many of the newest ids. */
function inWindow(wanted: Wanted, size: number): RawBuilder<unknown> {
  const { filter, visibility, limit } = wanted;
  const conditions = [
    ...(isSearched(filter)
      ? [
          hasTexts([within(wanted, "s.request", size), ...textConditions(filter, SEARCH)]),
          ...valueConditions(filter, "r"),
        ]
      : [within(wanted, "r.id", size)]),
    ...notBefore(filter),
    ...columnConditions(filter, "r"),
    ...(visibility === undefined ? [] : [visibility.condition("r")]),
  ];
  return sql`select r.id from request r where ${all(conditions)} order by r.id desc limit ${limit}`;
}

/** SQL: a request's id is among so many of the newest. Both ends: PostgreSQL takes such a range for a small one. */
function within(wanted: Wanted, id: string, size: number): RawBuilder<boolean> {
  const last = newest(wanted) ?? sql`(select max(id) from request)`;
  return sql<boolean>`${sql.ref(id)} <= ${last} and ${sql.ref(id)} > ${last} - ${size}::bigint`;
}

/** SQL: the greatest id that the page and the filter's time leave; undefined: any. */
function newest({ filter: { to }, after }: Wanted): RawBuilder<unknown> | undefined {
  const before = after === undefined ? undefined : sql`${after}::bigint - 1`;
  if (to === undefined) return before;
  const last = sql`(select max(id) from (select id from request where submitted_at < ${to}
    order by submitted_at desc, id desc limit ${AT_ONCE}) near)`;
  return before === undefined ? last : sql`least(${before}, ${last})`;
}

/** SQL: ids of `r` are not below the first one that the filter's time leaves. */
function notBefore({ from }: HistoryFilter): RawBuilder<boolean>[] {
  return from === undefined
    ? []
    : [
        sql<boolean>`r.id >= (select min(id) from (select id from request where submitted_at >= ${from}
          order by submitted_at, id limit ${AT_ONCE}) near)`,
      ];
}

/** Whether few of the newest requests have the texts, whatever else they are; the first window had no page of them. */
async function isRareText(db: Database, wanted: Wanted): Promise<boolean> {
  const { filter, visibility } = wanted;
  if (visibility === undefined && filter.values.length === 0 && columnConditions(filter, "r").length === 0) return true;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from request_search s
    where ${all([within(wanted, "s.request", TEXT_WINDOW.first), ...textConditions(wanted.filter, SEARCH)])}`.execute(
    db,
  );
  return (rows[0]?.count ?? 0) <= COMMON * TEXT_WINDOW.first;
}

/** SQL: the same among all, by the index that leaves fewest; by that of texts where it is said to help. */
function everywhere(wanted: Wanted, byText: boolean, given: GivenValues): RawBuilder<unknown> {
  const { filter, visibility, limit } = wanted;
  const last = newest(wanted);
  const conditions = [
    ...columnConditions(filter, "r", given),
    ...(last === undefined ? [] : [sql<boolean>`r.id <= ${last}`]),
    ...notBefore(filter),
  ];
  const end = sql`order by id desc limit ${limit}`;
  const grams = byText ? gramConditions(filter, SEARCH) : [];
  if (grams.length > 0)
    return sql`with texts as materialized (
        select s.request from request_search s where ${all([...grams, ...textConditions(filter, SEARCH)])})
      select r.id from request r where ${all([
        sql`r.id in (select request from texts)`,
        ...conditions,
        ...valueConditions(filter, "r"),
        ...(visibility === undefined ? [] : [visibility.condition("r")]),
      ])} ${end}`;
  conditions.push(...textConditions(filter, SEARCH_OF_REQUEST), ...valueConditions(filter, "r"));
  if (visibility === undefined) return sql`select r.id from request r where ${all(conditions)} ${end}`;
  // There is an index for each way to what may be seen.
  const selects = visibility.ways("r").map((way) => sql`select r.id from request r where ${all([way, ...conditions])}`);
  return sql`with found as materialized (${sql.join(selects, sql` union `)}) select id from found ${end}`;
}

function hasTexts(conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> {
  return sql<boolean>`r.id in (select s.request from request_search s where ${all(conditions)})`;
}

function all(conditions: readonly RawBuilder<boolean>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
}
