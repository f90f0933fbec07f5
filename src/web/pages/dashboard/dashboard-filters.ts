import type { STATISTIC_BUCKETS } from "../../../contract/statistics.ts";
import { beginOf, endOf, filterTime } from "../../components/filter-times.ts";
import type { DashboardFilters, HistoryFilters } from "../../paths.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Days of the periods that can be chosen, the present one included; `24h` counts hours, `own` has its own ends. */
const RANGE_DAYS = { "24h": 1, "7d": 7, "30d": 30, "90d": 90, own: 30 } as const;
export type Range = keyof typeof RANGE_DAYS;
export const RANGES = Object.keys(RANGE_DAYS) as readonly Range[];
const USUAL_RANGE: Range = "7d";

export interface KnownFilters extends DashboardFilters {
  readonly range: Range;
}

/** The filters that an address holds; what makes no sense in it is left out. */
export function filtersIn(search: Readonly<Record<string, unknown>>): KnownFilters {
  const id = (value: unknown, least: number): number | undefined => {
    const number = typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
    return Number.isInteger(number) && number >= least ? number : undefined;
  };
  const { by } = search;
  const range = RANGES.find((each) => each === search["range"]) ?? USUAL_RANGE;
  return {
    range,
    from: range === "own" ? filterTime(search["from"]) : undefined,
    to: range === "own" ? filterTime(search["to"]) : undefined,
    category: id(search["category"], 0),
    order: id(search["order"], 1),
    by: typeof by === "string" && by !== "" ? by : undefined,
  };
}

/** What stands in the address: the usual period is not spelled out. */
export function inAddress({ range, ...filters }: KnownFilters): DashboardFilters {
  return { ...filters, range: range === USUAL_RANGE ? undefined : range };
}

/** A stretch of time, its ends as ISO 8601; `to` is the first moment after it. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** The period that the filters name. It ends with the present minute, and begins with a whole hour or day. */
export function periodOf({ range, from, to }: KnownFilters, now: Date): Stretch {
  const end = new Date(Math.ceil(now.getTime() / MINUTE) * MINUTE);
  if (range !== "own") return { from: startBefore(end, range).toISOString(), to: end.toISOString() };
  const ends = [beginOf(from) ?? startBefore(end, range).toISOString(), endOf(to) ?? end.toISOString()];
  const [begin = "", last = ""] = ends.toSorted((left, right) => Date.parse(left) - Date.parse(right));
  return { from: begin, to: last };
}

function startBefore(end: Date, range: Range): Date {
  const start = new Date(end.getTime() - 1);
  if (range === "24h") return new Date(Math.floor((end.getTime() - DAY) / HOUR + 1) * HOUR);
  return new Date(start.getFullYear(), start.getMonth(), start.getDate() - RANGE_DAYS[range] + 1);
}

/** As long, and just before it. */
export function periodBefore({ from, to }: Stretch): Stretch {
  const length = Date.parse(to) - Date.parse(from);
  return { from: new Date(Date.parse(from) - length).toISOString(), to: from };
}

/** The parts that a period is shown in, so that there are neither too many nor too few. */
export function bucketOf({ from, to }: Stretch): (typeof STATISTIC_BUCKETS)[number] {
  const length = Date.parse(to) - Date.parse(from);
  if (length <= 2 * DAY) return "hour";
  return length <= 62 * DAY ? "day" : "week";
}

/** The filters of the history that show the same requests. */
export function historyOf(
  { category, order, by }: KnownFilters,
  environment: number | undefined,
  { from, to }: Stretch,
): HistoryFilters {
  return { environment, category, order, by, from, to };
}
