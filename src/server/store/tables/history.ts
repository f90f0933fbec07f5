import type { ColumnType } from "kysely";

type ReadOnly<T> = ColumnType<T, never, never>;

/** As migrations/history.ts makes them; triggers write them. */
export interface HistoryTables {
  request_search: { request: ReadOnly<number>; search: ReadOnly<string> };
  request_variable: { work_order: ReadOnly<number>; name: ReadOnly<string> };
  request_rollup: {
    kind: ReadOnly<"hour" | "order" | "order-month" | "account" | "account-month">;
    at: ReadOnly<Date>;
    key: ReadOnly<number>;
    environment: ReadOnly<number>;
    category: ReadOnly<number>;
    state: ReadOnly<string>;
    requests: ReadOnly<number>;
    timed: ReadOnly<number>;
    seconds: ReadOnly<number>;
    durations: ReadOnly<string>;
  };
}
