import { z } from "zod";
import { HISTORY_FILTERS, HistoryVariable, valueColumns } from "../history.ts";
import type { Route, RouteName } from "../route.ts";

/** Lists of past requests beyond the one list. */
export const HISTORY_ROUTES = {
  "GET /requests/variables": {
    summary: "Variables of the orders that the filters leave, to choose columns from",
    tag: "requests",
    access: "account",
    query: z.object({
      environment: HISTORY_FILTERS.environment,
      category: HISTORY_FILTERS.category,
      order: HISTORY_FILTERS.order,
    }),
    answer: z.object({ items: z.array(HistoryVariable) }),
  },
  /** At most 100,000 rows; a last line says so where there were more. */
  "GET /requests/csv": {
    summary: "Requests as CSV for spreadsheets, newest first; cells that would be formulas begin with a quote",
    tag: "requests",
    access: "account",
    query: z.object({
      ...HISTORY_FILTERS,
      columns: valueColumns,
      /** Of the column names; absent: as Accept-Language says. */
      language: z.enum(["en", "zh"]).optional(),
      /** Time zone that times are written in. */
      zone: z.string().max(60).default("UTC"),
    }),
    answer: "bytes",
  },
} as const satisfies Record<RouteName, Route>;
