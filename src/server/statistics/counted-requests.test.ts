import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import type { Statistics } from "../../contract/statistics.ts";
import { REQUEST_STATES } from "../../contract/states.ts";
import { administrator, callerOf } from "../accounts/caller.fixture.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { historyFilter } from "../history/history-filter.ts";
import { fillPast, type Past } from "../history/past-requests.fixture.ts";
import { visibilityOf } from "../history/visibility.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import { openTestDatabase } from "../store/test-database.fixture.ts";
import { countRequests } from "./counted-requests.ts";
import { statisticsOf } from "./statistics.ts";
import { timeSlots } from "./time-slots.ts";

const DAY = 86_400_000;
const now = Date.now();
const ago = (days: number): string => new Date(now - days * DAY).toISOString();

let db: Database;
let past: Past;
beforeAll(async () => {
  ({ db } = await openTestDatabase());
  past = await fillPast(db, 3000);
}, 120_000);

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly bucket?: Statistics["bucket"];
  readonly zone?: string;
  readonly environment?: number;
  readonly category?: number;
  readonly order?: number;
  readonly by?: string;
}

async function statistics(asked: Asked, caller: SignedIn): Promise<Statistics> {
  const { from, to, bucket = "day", zone = "Asia/Shanghai", ...filters } = asked;
  const slots = await timeSlots(db, { from, to, bucket, zone });
  const [filter, visibility] = [await historyFilter(db, filters), await visibilityOf(db, caller)];
  return statisticsOf(
    db,
    await countRequests(db, { slots, zone, filter, visibility, pause: async () => undefined }),
    slots,
    { bucket, zone },
  );
}

/** The same numbers by plain queries over the requests. */
async function plainly(asked: Asked, caller: SignedIn) {
  const { from, to, zone = "Asia/Shanghai", environment, category, order, by } = asked;
  const where = sql`${maySeeRequest(caller, "r")} and r.submitted_at >= ${from} and r.submitted_at < ${to}
    and (${environment ?? null}::int is null or r.environment = ${environment ?? null})
    and (${category ?? null}::int is null or coalesce(r.category, 0) = ${category ?? null})
    and (${order ?? null}::int is null or r.work_order = ${order ?? null})
    and (${by ?? null}::text is null or r.account = (select id from account where name = ${by ?? null}))`;
  const by1 = async (expression: string) => {
    const { rows } = await sql<{ key: number | string; requests: number; failed: number; seconds: number }>`
      select ${sql.raw(expression)} as key, count(*)::int as requests,
        (count(*) filter (where state in ('failed', 'lost')))::int as failed,
        round(coalesce(sum(extract(epoch from ended_at - started_at)) filter (where is_ended(state)), 0))::float8 as seconds
      from request r where ${where} group by 1 order by 1`.execute(db);
    return rows;
  };
  const local = `submitted_at at time zone '${zone}'`;
  return {
    states: await by1("state"),
    environments: await by1("environment"),
    categories: await by1("coalesce(category, 0)"),
    orders: await by1("work_order"),
    people: await by1("account"),
    days: await by1(`to_char(${local}, 'YYYY-MM-DD')`),
    hours: await by1(`extract(isodow from ${local})::int * 24 + extract(hour from ${local})::int`),
  };
}

async function expectAlike(asked: Asked, caller: SignedIn): Promise<Statistics> {
  const [seen, plain] = [await statistics(asked, caller), await plainly(asked, caller)];
  const total = plain.states.reduce((sum, { requests }) => sum + requests, 0);
  const pairs = (rows: readonly { key: number | string; requests: number }[]) =>
    new Map(rows.map(({ key, requests }) => [key, requests]));
  const ids = (rows: readonly { id: number; requests: number }[]) =>
    new Map(rows.map(({ id, requests }) => [id, requests]));
  expect(seen.total.requests).toBe(total);
  expect(new Map(seen.states.map(({ state, requests }) => [state as string, requests]))).toEqual(pairs(plain.states));
  expect(ids(seen.environments)).toEqual(pairs(plain.environments));
  expect(ids(seen.categories)).toEqual(pairs(plain.categories));
  for (const order of seen.orders) {
    const row = plain.orders.find(({ key }) => key === order.id);
    expect(order).toMatchObject({ requests: row?.requests });
    expect(order.failed + order.lost).toBe(row?.failed);
    expect(Math.abs(order.seconds - (row?.seconds ?? 0))).toBeLessThanOrEqual(2);
  }
  expect(seen.orders).toHaveLength(Math.min(20, plain.orders.length));
  for (const { id, requests } of seen.people) expect(requests).toBe(pairs(plain.people).get(id));
  expect(new Map(seen.hours.map(({ weekday, hour, requests }) => [weekday * 24 + hour, requests]))).toEqual(
    pairs(plain.hours),
  );
  if (seen.bucket === "day") {
    const days = seen.series.filter(({ requests }) => requests > 0);
    expect(days.map(({ requests }) => requests)).toEqual(plain.days.map(({ requests }) => requests));
  }
  expect(seen.series.reduce((sum, { requests }) => sum + requests, 0)).toBe(total);
  expect(seen.series.reduce((sum, { failed, lost }) => sum + failed + lost, 0)).toBe(
    plain.states.filter(({ key }) => key === "failed" || key === "lost").reduce((sum, row) => sum + row.requests, 0),
  );
  return seen;
}

describe("statistics are what plain queries say,", () => {
  const everything = (): SignedIn => administrator(past.accounts[1] ?? 0);
  it.each<[string, () => Asked]>([
    ["of a year, from kept counts by month", () => ({ from: ago(364.3), to: ago(0) })],
    ["of some weeks", () => ({ from: ago(40.7), to: ago(3.2) })],
    ["of hours", () => ({ from: ago(9.4), to: ago(0), bucket: "hour" })],
    [
      "of weeks in a zone with summer time",
      () => ({ from: ago(300), to: ago(0), bucket: "week", zone: "Europe/Berlin" }),
    ],
    ["in a zone of half hours", () => ({ from: ago(30), to: ago(0), zone: "Asia/Kolkata" })],
    ["of less than a day", () => ({ from: ago(0.9), to: ago(0.1), bucket: "hour" })],
    ["of an environment", () => ({ from: ago(200), to: ago(0), environment: past.environments[1] ?? 0 })],
    ["of a category", () => ({ from: ago(200), to: ago(0), category: past.categories[2] ?? 0 })],
    ["without a category", () => ({ from: ago(200), to: ago(0), category: 0 })],
    ["of an order", () => ({ from: ago(300), to: ago(0), order: past.orders[0] ?? 0 })],
    ["of a person", () => ({ from: ago(300), to: ago(0), by: "person3" })],
  ])("%s", async (_title, asked) => {
    const { total } = await expectAlike(asked(), everything());
    expect(total.requests).toBeGreaterThan(0);
  });

  it("of what somebody may see", async () => {
    const caller = callerOf({ id: past.accounts[30] ?? 0, groups: [past.partGroup] });
    const { total } = await expectAlike({ from: ago(364), to: ago(0) }, caller);
    expect(total.requests).toBeGreaterThan(50);
    expect(total.requests).toBeLessThan(2000);
  });

  it("after states, times and groups have changed by hand and by the console", async () => {
    await sql.raw(`update request set state = 'failed' where state = 'succeeded' and id % 7 = 0`).execute(db);
    await sql.raw(`update request set ended_at = ended_at + interval '1 hour' where id % 11 = 0`).execute(db);
    await sql.raw(`update request set category = null where id % 13 = 0`).execute(db);
    await sql.raw(`update request set state = 'running', ended_at = null where id % 17 = 0`).execute(db);
    await sql
      .raw(`update request set state = 'lost', ended_at = started_at + interval '1 minute' where state = 'running'`)
      .execute(db);
    await sql.raw(`delete from request where id % 19 = 0`).execute(db);
    await expectAlike({ from: ago(364.5), to: ago(0) }, everything());
    await expectAlike({ from: ago(100), to: ago(0), environment: past.environments[0] ?? 0 }, everything());
  });

  it("whether they are kept by the trigger or counted anew", async () => {
    const rows = async () =>
      (
        await sql`select kind, at, key, environment, category, state, requests, timed, round(seconds::numeric, 2) as seconds,
          durations from request_rollup where requests > 0 order by 1, 2, 3, 4, 5, 6`.execute(db)
      ).rows;
    const kept = await rows();
    await sql.raw("delete from request_rollup; select count_requests(0, 1000000)").execute(db);
    expect(kept).toEqual(await rows());
  });
});

it("median and 95th percentile are within a step of the true ones", async () => {
  const asked = { from: ago(364), to: ago(0) };
  const { total } = await statistics(asked, administrator(past.accounts[1] ?? 0));
  const { rows } = await sql<{ median: number; p95: number }>`
    select percentile_cont(0.5) within group (order by s) as median, percentile_cont(0.95) within group (order by s) as p95
    from (select extract(epoch from ended_at - started_at)::float8 as s from request
      where is_ended(state) and submitted_at >= ${asked.from}) d`.execute(db);
  const [exact] = rows;
  expect(Math.abs(Math.log2((total.median ?? 0) / (exact?.median ?? 1)))).toBeLessThan(0.5);
  expect(Math.abs(Math.log2((total.p95 ?? 0) / (exact?.p95 ?? 1)))).toBeLessThan(0.5);
});

it("names every state in one of its counts", async () => {
  const { total, states } = await statistics({ from: ago(364), to: ago(0) }, administrator(past.accounts[1] ?? 0));
  const { requests, ...counts } = total;
  const sum = counts.succeeded + counts.failed + counts.stopped + counts.lost + counts.notRun + counts.open;
  expect(sum).toBe(requests);
  expect(states.every(({ state }) => REQUEST_STATES.includes(state))).toBe(true);
});
