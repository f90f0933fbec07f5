import { sql } from "kysely";
import type { Preview } from "../../contract/requests.ts";
import type { LoadedOrder } from "../orders/loaded-order.ts";
import type { Database } from "../store/database.ts";

/** Runs of an order that the usual duration is taken from. */
const LOOKED_AT = 20;

/** Requests with the same key run one after the other. */
export function lockKey({ id, order, environment }: LoadedOrder, request: number): string {
  return order.lock === "none" ? `request/${request}` : `order/${id}/${environment.id}`;
}

/** Who holds an order's lock, and how many wait for it. */
export async function lockState(db: Database, loaded: LoadedOrder): Promise<Preview["lock"]> {
  const policy = loaded.order.lock;
  if (policy === "none") return { policy, holder: null, waiting: 0 };
  const rows = await db
    .selectFrom("request")
    .innerJoin("account", "account.id", "request.account")
    .select(["request.id", "request.state", "request.started_at", "account.name"])
    .where("lock_key", "=", lockKey(loaded, 0))
    .where("state", "in", ["queued", "running"])
    .execute();
  const holder = rows.find(({ state }) => state === "running");
  return {
    policy,
    holder:
      holder === undefined
        ? null
        : { request: holder.id, by: holder.name, since: (holder.started_at ?? new Date()).toISOString() },
    waiting: rows.filter(({ state }) => state === "queued").length,
  };
}

/** Median seconds of an order's last runs that succeeded; null where there are none. */
export async function usualSeconds(db: Database, order: number): Promise<number | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    select percentile_cont(0.5) within group (order by seconds) as seconds from (
      select extract(epoch from ended_at - started_at)::float8 as seconds from request
      where work_order = ${order} and state = 'succeeded' order by id desc limit ${LOOKED_AT}
    ) last`.execute(db);
  return rows[0]?.seconds ?? null;
}
