import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { administrator, callerOf } from "../accounts/caller.fixture.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { inbox, waitingFor } from "../approvals/inbox.ts";
import { listAudit } from "../audit/audit-list.ts";
import { catalogue } from "../orders/catalogue.ts";
import { listRequests, type RequestQuery } from "../requests/request-list.ts";
import type { Database } from "../store/database.ts";
import { openTestDatabase } from "../store/test-database.fixture.ts";
import { openExplained, type Explained } from "./explained.fixture.ts";
import { fillAudit, fillPast, type Past } from "./past-requests.fixture.ts";
import { historyVariables } from "./variable-names.ts";

const REQUESTS = 100_000;
/**
 * Pages of 8 KB that one list may look at: a plain look at 100,000 texts takes 300,000. Milliseconds say little on a busy machine,
 * so their bound is a wide one.
 */
const MOST_PAGES = 20_000;
const MOST_MILLISECONDS = 2000;
/** Tables that grow with every request; none of them is ever read whole. */
const LARGE = new Set(["request", "request_search", "request_rollup", "audit_event"]);

let past: Past;
let db: Database;
let explain: (run: () => Promise<unknown>) => Promise<Explained[]>;
beforeAll(async () => {
  const opened = await openTestDatabase();
  past = await fillPast(opened.db, REQUESTS);
  await fillAudit(opened.db, REQUESTS);
  ({ db, explain } = openExplained(opened.address));
}, 400_000);
afterAll(() => db?.destroy());

/** The work that a list takes; fails where a large table is read whole. */
async function expectIndexed(run: () => Promise<unknown>): Promise<void> {
  const statements = await explain(run);
  expect(statements.length).toBeGreaterThan(0);
  for (const { sql, readWhole, milliseconds } of statements) {
    expect(
      readWhole.filter((table) => LARGE.has(table)),
      `read whole by ${sql}`,
    ).toEqual([]);
    expect(milliseconds, sql).toBeLessThan(MOST_MILLISECONDS);
  }
  const pages = statements.reduce((sum, statement) => sum + statement.pages, 0);
  expect(pages, statements.map(({ pages: each, sql }) => `${each} pages: ${sql}`).join("\n")).toBeLessThan(MOST_PAGES);
}

const DAY = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

/** One value for each filter of the history: what is common, what is rare. */
const FILTERS: Readonly<Record<string, () => Partial<RequestQuery>>> = {
  nothing: () => ({}),
  "a common state": () => ({ state: "succeeded" }),
  "a rare state": () => ({ state: "lost" }),
  "three states": () => ({ state: "failed,lost,stopped" }),
  "what is running": () => ({ state: "queued,running" }),
  "the largest environment": () => ({ environment: past.environments[0] ?? 0 }),
  "the smallest environment": () => ({ environment: past.environments[3] ?? 0 }),
  "a category": () => ({ category: past.categories[2] ?? 0 }),
  "no category": () => ({ category: 0 }),
  "a common order": () => ({ order: past.orders[0] ?? 0 }),
  "a rare order": () => ({ order: past.orders[190] ?? 0 }),
  "a person": () => ({ by: "person0" }),
  "two persons": () => ({ by: "person7,person59" }),
  "the last week": () => ({ from: ago(7) }),
  "a month a year ago": () => ({ from: ago(300), to: ago(270) }),
  "a common text": () => ({ text: "demo" }),
  "a rare text": () => ({ text: "OPS-4711" }),
  "a Chinese text": () => ({ text: "支付网关 4320" }),
  "a text that is nowhere": () => ({ text: "zzqqxx" }),
  "a common value": () => ({ value: "mode:update" }),
  "a rare value": () => ({ value: ["version:2026.04.1234", "mode:restart"] }),
  "a later page": () => ({ after: "50000" }),
};
const names = Object.keys(FILTERS);
/** Every filter with every other one. */
const PAIRS = names.flatMap((one, place) => names.slice(place + 1).map((other) => [one, other] as const));

const CALLERS: Readonly<Record<string, () => SignedIn>> = {
  everything: () => administrator(past.accounts[1] ?? 0),
  "few orders": () => callerOf({ id: past.accounts[59] ?? 0, groups: [past.fewGroup] }),
  "many orders": () => callerOf({ id: past.accounts[30] ?? 0, groups: [past.partGroup] }),
};

describe.each(Object.keys(CALLERS))("the history of somebody who sees %s", (who) => {
  const caller = (): SignedIn => CALLERS[who]?.() ?? administrator(0);
  it.each(names)("has an index for %s", async (name) => {
    await expectIndexed(() => listRequests(db, caller(), { ...FILTERS[name]?.(), limit: 50 }));
  });

  it("has indexes for every two filters together", async () => {
    for (const [one, other] of PAIRS)
      await expectIndexed(() => listRequests(db, caller(), { ...FILTERS[one]?.(), ...FILTERS[other]?.(), limit: 50 }));
  }, 300_000);

  it("has an index for its columns", async () => {
    await expectIndexed(() => historyVariables(db, caller(), {}));
    await expectIndexed(() => listRequests(db, caller(), { columns: "project,version", limit: 50 }));
  });

  it("and what else is listed on the first pages is found by indexes", async () => {
    const since = { from: ago(1), limit: 50 };
    await expectIndexed(() => listRequests(db, caller(), { ...since, state: "failed,lost,stopped" }));
    await expectIndexed(() => catalogue(db, caller()));
    await expectIndexed(() => waitingFor(db, caller(), 50));
    await expectIndexed(() => inbox(db, caller(), { limit: 50 }));
  });
});

describe("the audit", () => {
  it.each<[string, Omit<Parameters<typeof listAudit>[1], "limit">]>([
    ["nothing", {}],
    ["a person", { actor: "person3" }],
    ["a common action", { action: "signed-in" }],
    ["a rare action", { action: "glass-broken" }],
    ["an object", { kind: "request", id: "77" }],
    ["a kind of object", { kind: "work_order" }],
    ["a person and a rare action", { actor: "person3", action: "glass-broken" }],
    ["two persons and two actions", { actor: "person3,person4", action: "run-ended,submitted" }],
    ["the last week", { from: ago(7) }],
    ["a past week", { from: ago(60), to: ago(53) }],
    ["a past week and a person", { from: ago(60), to: ago(53), actor: "person5" }],
    ["a text", { text: "order_17" }],
    ["a Chinese text", { text: "支付网关" }],
    ["a text that is nowhere", { text: "zzqqxx" }],
    ["a text and a person", { text: "order_17", actor: "person3" }],
    ["a later page", { after: "50000", action: "run-ended" }],
  ])("has an index for %s", async (_name, query) => {
    await expectIndexed(() => listAudit(db, { ...query, limit: 50 }));
  });
});
