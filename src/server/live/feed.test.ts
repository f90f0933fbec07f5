import { beforeAll, expect, onTestFinished, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../store/test-database.fixture.ts";
import { openFeed, type Feed } from "./feed.ts";
import { notify, type FeedMessage } from "./feed-message.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});

async function listening(): Promise<{ feed: Feed; messages: FeedMessage[]; resyncs: () => number }> {
  const feed = openFeed({ address: database.address, application: "gantry test feed", onTrouble: () => {} });
  onTestFinished(() => feed.close());
  const messages: FeedMessage[] = [];
  let resyncs = 0;
  feed.onMessage((message) => messages.push(message));
  feed.onResync(() => resyncs++);
  await feed.listening;
  return { feed, messages, resyncs: () => resyncs };
}

const message = (request: number) => ({ type: "request", request, state: "running", version: 1 }) as const;

test("messages come in order of the commits, and none of a transaction that was rolled back", async () => {
  const { messages } = await listening();
  await notify(database.db, message(1));
  await expect(
    database.db.transaction().execute(async (trx) => {
      await notify(trx, message(2));
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await database.db.transaction().execute((trx) => notify(trx, message(3)));
  await expect.poll(() => messages).toEqual([message(1), message(3)]);
});

test("what is no message of ours is left out", async () => {
  const { messages } = await listening();
  const { sql } = await import("kysely");
  for (const payload of ["", "no json", "7", "{}"])
    await sql`select pg_notify('gantry', ${payload})`.execute(database.db);
  await notify(database.db, message(4));
  await expect.poll(() => messages).toEqual([message(4)]);
});

test.each(["fast", "crash"] as const)(
  "after a restart of the database (%s) it listens again and says so",
  async (how) => {
    const { messages, resyncs } = await listening();
    const before = resyncs();
    await database.server.restart(how, 200);
    await expect.poll(resyncs, { timeout: 10_000 }).toBe(before + 1);
    await notify(database.db, message(5));
    await expect.poll(() => messages).toEqual([message(5)]);
  },
);

test("a feed that was closed leaves no connection behind", async () => {
  const { feed } = await listening();
  await feed.close();
  const { sql } = await import("kysely");
  await expect
    .poll(async () => {
      const { rows } = await sql`select 1 from pg_stat_activity where application_name = 'gantry test feed'
        and datname = current_database() and query like 'listen%'`.execute(database.db);
      return rows.length;
    })
    .toBe(0);
});
