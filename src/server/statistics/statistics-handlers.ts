import type { Handlers } from "../api/handlers.ts";
import type { Database } from "../store/database.ts";

const NONE = { requests: 0, succeeded: 0, failed: 0, stopped: 0, lost: 0, notRun: 0, open: 0 };

export function statisticsHandlers(_db: Database): Handlers<"GET /statistics"> {
  return {
    "GET /statistics": async ({ query }) => ({
      from: query.from ?? "",
      to: query.to ?? "",
      zone: query.zone,
      bucket: query.bucket,
      total: { ...NONE, median: null, p95: null },
      states: [],
      environments: [],
      categories: [],
      orders: [],
      people: [],
      series: [],
      slowest: [],
      failing: [],
      hours: [],
    }),
  };
}
