import { z } from "zod";
import { REQUEST_STATES } from "./states.ts";

export const STATISTIC_BUCKETS = ["hour", "day", "week"] as const;

/** Requests by how they ended, or that they have not yet. */
const COUNTS = {
  requests: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  stopped: z.number(),
  lost: z.number(),
  /** Ended without a run: rejected, revoked, expired, refused. */
  notRun: z.number(),
  /** Not ended yet. */
  open: z.number(),
} as const;

/** Seconds from start to end of runs, from a histogram whose steps are a factor of 1.41; null: there were none. */
const DURATIONS = { median: z.number().nullable(), p95: z.number().nullable() } as const;

const OrderStatistic = z.object({
  id: z.number(),
  name: z.string(),
  environment: z.string(),
  ...COUNTS,
  ...DURATIONS,
  /** Seconds of all its runs together. */
  seconds: z.number(),
});

/**
 * Requests that were submitted in a time, as their states are now. Ids, names and times of each group are those that
 * `GET /requests` filters by.
 */
export const Statistics = z.object({
  from: z.string(),
  to: z.string(),
  zone: z.string(),
  bucket: z.enum(STATISTIC_BUCKETS),
  total: z.object({ ...COUNTS, ...DURATIONS }),
  states: z.array(z.object({ state: z.enum(REQUEST_STATES), requests: z.number() })),
  environments: z.array(z.object({ id: z.number(), name: z.string(), colour: z.string(), ...COUNTS })),
  /** id 0 and an empty name: without a category. */
  categories: z.array(z.object({ id: z.number(), name: z.string(), ...COUNTS })),
  /** The 20 with most requests. */
  orders: z.array(OrderStatistic),
  people: z.array(z.object({ id: z.number(), name: z.string(), ...COUNTS })),
  /** Every part of the time, also where there was nothing; the first and last may be cut by from and to. */
  series: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      ...COUNTS,
      ...DURATIONS,
      /** (failed + lost) / (succeeded + failed + lost); null: none of these. */
      failureRate: z.number().nullable(),
    }),
  ),
  /** The 10 orders with the longest median, and with most failures (failed and lost). */
  slowest: z.array(OrderStatistic),
  failing: z.array(OrderStatistic),
  /** When requests were submitted; weekday 1 is Monday, hours in the zone. Without those that have none. */
  hours: z.array(z.object({ weekday: z.number(), hour: z.number(), requests: z.number() })),
});
export type Statistics = z.infer<typeof Statistics>;
