import { z } from "zod";
import { LogLines, LogMatches } from "../requests.ts";
import type { Route, RouteName } from "../route.ts";
import { Id, number } from "./inputs.ts";

/** What a run has written. */
export const LOG_ROUTES = {
  "GET /runs/:id/log": {
    summary: "Bytes of the log from an offset on, as they were stored; also by Range",
    tag: "logs",
    access: "account",
    params: Id,
    query: z.object({
      from: number.min(0).default(0),
      limit: number
        .min(1)
        .max(64 * 2 ** 20)
        .optional(),
      download: z.stringbool().default(false),
    }),
    answer: "bytes",
  },
  "GET /runs/:id/log/lines": {
    summary: "Lines of the log; a negative line counts from the end",
    tag: "logs",
    access: "account",
    params: Id,
    query: z.object({ line: number.default(0), limit: number.min(1).max(5000).default(500) }),
    answer: LogLines,
  },
  "GET /runs/:id/log/search": {
    summary: "Where a text stands in the log",
    tag: "logs",
    access: "account",
    params: Id,
    query: z.object({
      q: z.string().min(1).max(500),
      from: number.min(0).default(0),
      limit: number.min(1).max(1000).default(200),
      /** `text` ignores case; `error` finds the first line that looks like a failure, and ignores q. */
      kind: z.enum(["text", "error"]).default("text"),
    }),
    answer: LogMatches,
  },
  "GET /runs/:id/events": {
    summary: "Events of a Gantry run, oldest first",
    tag: "logs",
    access: "account",
    params: Id,
    query: z.object({ after: number.min(0).default(0), limit: number.min(1).max(5000).default(2000) }),
    answer: z.object({ items: z.array(z.object({ seq: z.number(), event: z.record(z.string(), z.unknown()) })) }),
  },
} as const satisfies Record<RouteName, Route>;
