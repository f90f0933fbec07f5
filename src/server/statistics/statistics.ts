import { sql } from "kysely";
import { REQUEST_STATES, type RequestState } from "../../contract/states.ts";
import type { Statistics } from "../../contract/statistics.ts";
import type { Database } from "../store/database.ts";
import type { Counted } from "./counted-requests.ts";
import { addDurations, noDurations, quantile, type DurationSteps } from "./duration-steps.ts";
import type { TimeSlots } from "./time-slots.ts";

/** Groups that lists have at most, and orders that are called slowest or most failing. */
const MOST = 20;
const WORST = 10;

type Counts = Pick<Statistics["total"], "requests" | "succeeded" | "failed" | "stopped" | "lost" | "notRun" | "open">;

interface Group {
  readonly counts: { -readonly [K in keyof Counts]: number };
  readonly durations: DurationSteps;
  seconds: number;
}

const COLUMNS: Readonly<Record<RequestState, Exclude<keyof Counts, "requests">>> = {
  waiting: "open",
  approved: "open",
  scheduled: "open",
  queued: "open",
  running: "open",
  succeeded: "succeeded",
  failed: "failed",
  stopped: "stopped",
  lost: "lost",
  rejected: "notRun",
  revoked: "notRun",
  expired: "notRun",
  refused: "notRun",
};

/** Puts counts together into what the dashboard shows. */
export async function statisticsOf(
  db: Database,
  counted: readonly Counted[],
  slots: TimeSlots,
  asked: Pick<Statistics, "zone" | "bucket">,
): Promise<Statistics> {
  const ofKind = (kind: Counted["kind"]) => counted.filter((row) => row.kind === kind);
  const bySlot = grouped(ofKind("slot"), ({ key }) => key);
  const orderRows = ofKind("order");
  const byOrder = grouped(orderRows, ({ key }) => key);
  const byAccount = grouped(ofKind("account"), ({ key }) => key);
  const byEnvironment = grouped(orderRows, ({ environment }) => environment);
  const byCategory = grouped(orderRows, ({ category }) => category);
  const total = grouped(orderRows, () => 0).get(0) ?? newGroup();
  const named = await namesOf(
    db,
    [...byOrder.keys(), ...byEnvironment.keys(), ...byCategory.keys()].filter((id) => id > 0),
    [...byAccount.keys()],
  );
  const orders = [...byOrder].map(([id, group]) => {
    const definition = named.definitions.get(id);
    const environment = named.definitions.get(definition?.environment ?? 0);
    return {
      id,
      name: definition?.name ?? "",
      environment: environment?.name ?? "",
      ...group.counts,
      ...durationsOf(group),
      seconds: Math.round(group.seconds),
    };
  });
  const shown = (groups: ReadonlyMap<number, Group>) =>
    [...groups].map(([id, { counts }]) => ({ id, name: named.definitions.get(id)?.name ?? "", ...counts }));
  return {
    from: slots.from.toISOString(),
    to: slots.to.toISOString(),
    ...asked,
    total: { ...total.counts, ...durationsOf(total) },
    states: statesOf(orderRows),
    environments: mostFirst(shown(byEnvironment)).map((item) => ({
      ...item,
      colour: named.definitions.get(item.id)?.colour ?? "gray",
    })),
    categories: mostFirst(shown(byCategory)),
    orders: mostFirst(orders).slice(0, MOST),
    people: mostFirst(
      [...byAccount].map(([id, { counts }]) => ({ id, name: named.accounts.get(id) ?? "", ...counts })),
    ).slice(0, MOST),
    series: slots.starts.map((start, place) => {
      const group = bySlot.get(place + 1) ?? newGroup();
      const { succeeded, failed, lost } = group.counts;
      const judged = succeeded + failed + lost;
      return {
        from: start.toISOString(),
        to: (slots.starts[place + 1] ?? slots.to).toISOString(),
        ...group.counts,
        ...durationsOf(group),
        failureRate: judged === 0 ? null : (failed + lost) / judged,
      };
    }),
    slowest: orders
      .filter(({ median }) => median !== null)
      .toSorted((a, b) => (b.median ?? 0) - (a.median ?? 0))
      .slice(0, WORST),
    failing: orders
      .filter(({ failed, lost }) => failed + lost > 0)
      .toSorted((a, b) => b.failed + b.lost - (a.failed + a.lost))
      .slice(0, WORST),
    hours: hoursOf(ofKind("hour")),
  };
}

function newGroup(): Group {
  return {
    counts: { requests: 0, succeeded: 0, failed: 0, stopped: 0, lost: 0, notRun: 0, open: 0 },
    durations: noDurations(),
    seconds: 0,
  };
}

function grouped(rows: readonly Counted[], keyOf: (row: Counted) => number): Map<number, Group> {
  const groups = new Map<number, Group>();
  for (const row of rows) {
    const group = groups.get(keyOf(row)) ?? newGroup();
    groups.set(keyOf(row), group);
    group.counts.requests += row.requests;
    group.counts[COLUMNS[row.state]] += row.requests;
    group.seconds += row.seconds;
    addDurations(group.durations, row.durations);
  }
  // What has been taken back from the kept counts leaves rows of nothing.
  for (const [key, { counts }] of groups) if (counts.requests === 0) groups.delete(key);
  return groups;
}

function durationsOf({ durations }: Group): { median: number | null; p95: number | null } {
  return { median: quantile(durations, 0.5), p95: quantile(durations, 0.95) };
}

function statesOf(rows: readonly Counted[]): Statistics["states"] {
  const sums = new Map<RequestState, number>();
  for (const { state, requests } of rows) sums.set(state, (sums.get(state) ?? 0) + requests);
  return REQUEST_STATES.flatMap((state) => {
    const requests = sums.get(state) ?? 0;
    return requests === 0 ? [] : [{ state, requests }];
  });
}

function hoursOf(rows: readonly Counted[]): Statistics["hours"] {
  const sums = new Map<number, number>();
  for (const { key, requests } of rows) sums.set(key, (sums.get(key) ?? 0) + requests);
  return [...sums]
    .filter(([, requests]) => requests > 0)
    .toSorted(([a], [b]) => a - b)
    .map(([place, requests]) => ({ weekday: Math.floor(place / 24), hour: place % 24, requests }));
}

function mostFirst<T extends { readonly id: number; readonly requests: number }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => b.requests - a.requests || a.id - b.id);
}

interface Named {
  readonly id: number;
  readonly name: string;
  readonly environment: number | null;
  readonly colour: string | null;
}

async function namesOf(db: Database, definitions: readonly number[], accounts: readonly number[]) {
  const [found, people] = await Promise.all([
    sql<Named>`
      select d.id, d.name, d.environment, d.data->>'colour' as colour from definition d
      where d.id = any(${[...definitions]}::int[])
        or d.id in (select o.environment from definition o where o.id = any(${[...definitions]}::int[]))`.execute(db),
    sql<{ id: number; name: string }>`
      select id, name from account where id = any(${[...accounts]}::int[])`.execute(db),
  ]);
  return {
    definitions: new Map(found.rows.map((row) => [row.id, row])),
    accounts: new Map(people.rows.map(({ id, name }) => [id, name])),
  };
}
