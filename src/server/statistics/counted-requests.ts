import { sql, type RawBuilder } from "kysely";
import { ENDED_REQUEST_STATES, REQUEST_STATES, type RequestState } from "../../contract/states.ts";
import { columnConditions, type HistoryFilter } from "../history/history-filter.ts";
import type { Visibility } from "../history/visibility.ts";
import type { Database } from "../store/database.ts";
import { readDurations, type DurationSteps } from "./duration-steps.ts";
import type { TimeSlots } from "./time-slots.ts";

/**
 * Requests of one group and state. `slot`: key is the part of the time, from 1. `order`: by order, environment and
 * category. `account`: by account. `hour`: key is the hour of the week, from 24.
 */
export interface Counted {
  readonly kind: "slot" | "order" | "account" | "hour";
  readonly key: number;
  readonly environment: number;
  readonly category: number;
  readonly state: RequestState;
  readonly requests: number;
  readonly seconds: number;
  /** How many runs took how long. */
  readonly durations: DurationSteps;
}

interface Counting {
  readonly slots: TimeSlots;
  readonly zone: string;
  readonly filter: HistoryFilter;
  /** Undefined: all. */
  readonly visibility: Visibility | undefined;
  /** Called after each of the queries. */
  readonly pause: () => Promise<void>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** SQL: what is not kept of how long runs took. */
const NOTHING = sql`0 as seconds, 0::numeric as durations`;
/** SQL: as literals, so that PostgreSQL knows how few have them. */
const OPEN = sql.join(
  REQUEST_STATES.filter((state) => !ENDED_REQUEST_STATES.includes(state)).map((state) => sql.lit(state)),
);

/** SQL: the hour of the week of the time in the zone. */
const HOUR_OF_WEEK = sql`(date_part('isodow', local) * 24 + date_part('hour', local))::int`;

/** A time of which the kept counts are used: `days` for orders and accounts, within `hours` for the rest. */
interface Kept {
  readonly days: Range;
  readonly hours: Range;
}
interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** Counts what the filter leaves: from the kept counts where they can tell, else from the requests themselves. */
export async function countRequests(db: Database, counting: Counting): Promise<Counted[]> {
  const kept = keptTime(counting);
  const rolled = kept === undefined ? [] : await fromRollup(db, counting, kept);
  return [...rolled, ...(await fromRequests(db, counting, kept))];
}

/** The kept counts know no more than environments, and whole days and hours. */
function keptTime({ slots, filter, visibility }: Counting): Kept | undefined {
  const { category, order, accounts } = filter;
  if (visibility !== undefined || category !== undefined || order !== undefined || accounts !== undefined)
    return undefined;
  if (!slots.wholeHours) return undefined;
  const whole = (length: number): Range => ({
    from: new Date(Math.ceil(slots.from.getTime() / length) * length),
    to: new Date(Math.floor(slots.to.getTime() / length) * length),
  });
  const days = whole(DAY);
  return days.from < days.to ? { days, hours: whole(HOUR) } : undefined;
}

async function fromRollup(
  db: Database,
  { slots, zone, filter, pause }: Counting,
  { days, hours }: Kept,
): Promise<Counted[]> {
  const environment = filter.environment === undefined ? sql`true` : sql`environment = ${filter.environment}`;
  const within = (kind: string, { from, to }: Range) =>
    sql`select * from request_rollup where kind = ${sql.lit(kind)} and at >= ${from} and at < ${to}`;
  const inHours = sql`(${within("hour", hours)} and environment = ${filter.environment ?? 0}) kept`;
  const months = wholeMonths(days);
  const inDays = (kind: string) => {
    const parts =
      months === undefined
        ? [within(kind, days)]
        : [
            within(kind, { from: days.from, to: months.from }),
            within(`${kind}-month`, months),
            within(kind, { from: months.to, to: days.to }),
          ];
    const narrowed = parts.map((part) => sql`${part} and ${environment}`);
    // Each by itself is read from the index alone.
    return sql`(${sql.join(narrowed, sql` union all `)}) kept`;
  };
  const requests = sql`sum(requests)::int as requests`;
  const took = sql`sum(seconds) as seconds, sum(durations) as durations`;
  return inTurn(db, pause, [
    sql`select 'slot' as kind, width_bucket(at, ${[...slots.starts]}::timestamptz[]) as key, 0 as environment,
        0 as category, state, ${requests}, ${took}
      from ${inHours} group by 2, state`,
    sql`select 'order' as kind, key, environment, category, state, ${requests}, ${took}
      from ${inDays("order")} group by key, environment, category, state`,
    sql`select 'account' as kind, key, 0 as environment, 0 as category, state, ${requests}, ${NOTHING}
      from ${inDays("account")} group by key, state`,
    sql`select 'hour' as kind, ${HOUR_OF_WEEK} as key, 0 as environment, 0 as category,
        'succeeded' as state, ${requests}, ${NOTHING}
      from ${local(sql`select at, sum(requests) as requests from ${inHours} group by at`, zone)} group by 2`,
  ]);
}

/** One after the other: a look at the dashboard is not to take all of the machine. */
async function inTurn(
  db: Database,
  pause: Counting["pause"],
  queries: readonly RawBuilder<unknown>[],
): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (const query of queries) {
    const { rows } = await sql<Omit<Counted, "durations"> & { durations: string }>`${query}`.execute(db);
    counted.push(...rows.map((row) => ({ ...row, durations: readDurations(row.durations) })));
    await pause();
  }
  return counted;
}

/** The whole months within days; undefined: none. */
function wholeMonths({ from, to }: Range): Range | undefined {
  const monthOf = (at: Date, later: number): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + later));
  const begun = monthOf(from, 0);
  const months = { from: begun < from ? monthOf(from, 1) : begun, to: monthOf(to, 0) };
  return months.from < months.to ? months : undefined;
}

async function fromRequests(db: Database, counting: Counting, kept: Kept | undefined): Promise<Counted[]> {
  const { slots, zone, pause } = counting;
  const outsideHours =
    kept === undefined
      ? sql`true`
      : sql`(is_open or submitted_at < ${kept.hours.from} or submitted_at >= ${kept.hours.to})`;
  const bin = slots.wholeHours ? "1 hour" : "15 minutes";
  const took = sql`coalesce(sum(lasted), 0) as seconds, coalesce(sum(lane), 0) as durations`;
  return inTurn(db, pause, [
    sql`with chosen as materialized (${chosen(counting, kept)}),
    counted as materialized (
      select *, width_bucket(submitted_at, ${[...slots.starts]}::timestamptz[]) as slot,
        duration_lane(duration_step(lasted)) as lane,
        date_bin(${bin}::interval, submitted_at, 'epoch'::timestamptz) as at, ${outsideHours} as in_time
      from chosen
    )
    select 'slot' as kind, slot as key, 0 as environment, 0 as category, state, count(*)::int as requests, ${took}
    from counted where in_time group by slot, state
    union all
    select 'order', work_order, environment, category, state, count(*)::int, ${took}
    from counted group by work_order, environment, category, state
    union all
    select 'account', account, 0, 0, state, count(*)::int, ${NOTHING} from counted group by account, state
    union all
    select 'hour', ${HOUR_OF_WEEK}, 0, 0, 'succeeded', sum(requests)::int, ${NOTHING}
    from ${local(sql`select at, count(*) as requests from counted where in_time group by at`, zone)} group by 2`,
  ]);
}

/** SQL: the requests that are counted one by one; where counts are kept, only those at the ends and what is open. */
function chosen({ slots, filter, visibility }: Counting, kept: Kept | undefined): RawBuilder<unknown> {
  const conditions = columnConditions(filter, "r");
  const inTime = ({ from, to }: Range) => sql`r.submitted_at >= ${from} and r.submitted_at < ${to}`;
  const request = sql`request r`;
  // Behind a fence: there are few of them, so their state comes before the time.
  const open = sql`(select * from request where state in (${OPEN}) offset 0) r`;
  const parts =
    kept === undefined
      ? [{ table: request, part: inTime(slots) }]
      : [
          { table: request, part: inTime({ from: slots.from, to: kept.days.from }) },
          { table: request, part: inTime({ from: kept.days.to, to: slots.to }) },
          { table: open, part: inTime(kept.days) },
        ];
  const columns = sql`r.id, r.submitted_at, r.work_order, r.environment, coalesce(r.category, 0) as category, r.account,
    r.state, not is_ended(r.state) as is_open,
    case when is_ended(r.state) and r.started_at is not null and r.ended_at is not null
      then greatest(0, extract(epoch from r.ended_at - r.started_at))::float8 end as lasted`;
  const ways = visibility?.ways("r") ?? [sql<boolean>`true`];
  const selects = parts.flatMap(({ table, part }) =>
    ways.map((way) => sql`select ${columns} from ${table} where ${sql.join([part, way, ...conditions], sql` and `)}`),
  );
  return sql.join(selects, visibility === undefined ? sql` union all ` : sql` union `);
}

/** SQL: the requests by time, with the time in the zone, worked out once for each. */
function local(byTime: RawBuilder<unknown>, zone: string): RawBuilder<unknown> {
  return sql`(select at at time zone ${zone} as local, requests from (${byTime}) hourly offset 0) hourly`;
}
