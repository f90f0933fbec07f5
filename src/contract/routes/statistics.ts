import { z } from "zod";
import { STATISTIC_BUCKETS, Statistics } from "../statistics.ts";
import type { Route, RouteName } from "../route.ts";
import { number } from "./inputs.ts";

/** What the dashboard shows. */
export const STATISTICS_ROUTES = {
  "GET /statistics": {
    summary: "Counts and durations of the requests that one may see, by everything that the history can be filtered by",
    tag: "statistics",
    access: "dashboard",
    query: z.object({
      /** Absent: the last 30 days. */
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
      bucket: z.enum(STATISTIC_BUCKETS).default("day"),
      environment: number.positive().optional(),
      /** 0: without a category. */
      category: number.min(0).optional(),
      order: number.positive().optional(),
      /** Name of an account. */
      by: z.string().max(100).optional(),
      /** Time zone in which days and weeks begin. */
      zone: z.string().max(60).default("UTC"),
    }),
    answer: Statistics,
  },
} as const satisfies Record<RouteName, Route>;
