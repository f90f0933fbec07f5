import { sql } from "kysely";
import type { Statistics } from "../../contract/statistics.ts";
import { invalid } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";

const DAY = 86_400_000;
const LENGTHS = { hour: 3_600_000, day: DAY, week: 7 * DAY } as const;
/** Parts of the time that a chart can show. */
const MOST = 1000;
const DEFAULT_DAYS = 30;

/** The time that is looked at, in parts. */
export interface TimeSlots {
  readonly from: Date;
  readonly to: Date;
  /** Where the parts begin; the first is `from`, later ones are whole hours, days or weeks of the zone. */
  readonly starts: readonly Date[];
  /** Whether every part begins with an hour of UTC, as counts by hour are kept. */
  readonly wholeHours: boolean;
}

export async function timeSlots(
  db: Database,
  query: {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly bucket: Statistics["bucket"];
    readonly zone: string;
  },
): Promise<TimeSlots> {
  const to = query.to === undefined ? new Date() : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - DEFAULT_DAYS * DAY) : new Date(query.from);
  const milliseconds = to.getTime() - from.getTime();
  if (milliseconds <= 0)
    throw invalid([{ field: "to", rule: "order", message: "The time must end after it has begun." }]);
  if (milliseconds / LENGTHS[query.bucket] > MOST)
    throw invalid([
      {
        field: "bucket",
        rule: "too-many",
        message: `That is more than ${MOST} parts: choose a larger bucket or a shorter time.`,
        limit: MOST,
      },
    ]);
  const later = await startsAfter(db, from, to, query.bucket, query.zone);
  return { from, to, starts: [from, ...later], wholeHours: later.every((at) => at.getTime() % LENGTHS.hour === 0) };
}

/** Hours follow each other in real time; days and weeks on the zone's calendar, whatever the clocks do in between. */
async function startsAfter(
  db: Database,
  from: Date,
  to: Date,
  bucket: Statistics["bucket"],
  zone: string,
): Promise<Date[]> {
  const step = `1 ${bucket}`;
  const series =
    bucket === "hour"
      ? sql`generate_series(date_trunc('hour', ${from}::timestamptz, ${zone}), ${to}::timestamptz, '1 hour'::interval)`
      : sql`(select at at time zone ${zone} from generate_series(
          date_trunc(${bucket}, ${from}::timestamptz at time zone ${zone}),
          ${to}::timestamptz at time zone ${zone}, ${step}::interval) at)`;
  const { rows } = await sql<{ starts: Date[] }>`
    select array(select at from ${series} s(at) where at > ${from} and at < ${to} order by at) as starts`.execute(db);
  return rows[0]?.starts ?? [];
}
