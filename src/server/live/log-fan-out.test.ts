import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { storedLog, feed as feedSpool, openWriter } from "../logs/writer.fixture.ts";
import { addRun } from "../logs/run.fixture.ts";
import { openTestDatabase, type TestDatabase } from "../store/test-database.fixture.ts";
import { notify } from "./feed-message.ts";
import { openPage, startLive, type Page } from "./live.fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});

const linesOf = (count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, line) => `line ${line} of a log that many people watch\n`).join(""));

/** Pages that watch a request, when each of them has been told the state. */
async function watchers(port: number, request: number, count: number): Promise<readonly Page[]> {
  const pages = await Promise.all(Array.from({ length: count }, () => openPage(port)));
  for (const page of pages) page.send({ watch: "request", request });
  await expect.poll(() => pages.every(({ messages }) => messages.some(({ type }) => type === "run"))).toBe(true);
  return pages;
}

const until = (isSo: () => boolean) => expect.poll(isSo, { timeout: 15_000, interval: 20 }).toBe(true);

test("a watcher is told the state, and what follows it: events, log, then the end", async () => {
  const { request, run } = await addRun(database.db);
  const { port } = await startLive(database);
  const [page] = await watchers(port, request, 1);
  expect(page?.messages).toEqual([
    { type: "request", request, state: "running", version: 1 },
    { type: "run", request, run, state: "running", logBytes: 0, logLines: 0 },
  ]);
  const writer = await openWriter({ db: database.db, run });
  const event = { type: "planned", v: 1, seq: 1 };
  await writer.write({ kind: "journal", offset: 0, bytes: Buffer.from(`${JSON.stringify(event)}\n`) });
  await writer.write({ kind: "log", offset: 0, bytes: Buffer.from("hello\n") });
  await writer.end();
  await database.db.transaction().execute(async (trx) => {
    await trx.updateTable("run").set({ state: "succeeded" }).where("id", "=", run).execute();
    await notify(trx, { type: "run", request, run, state: "succeeded" });
  });
  await until(() => page?.messages.some((message) => message.type === "run" && message.state === "succeeded") === true);
  expect(page?.messages).toContainEqual({ type: "event", run, seq: 1, event });
  expect(page?.messages.at(-1)).toEqual({ type: "run", request, run, state: "succeeded", logBytes: 6, logLines: 1 });
  expect(page?.frames).toEqual([{ run, offset: 0, bytes: Buffer.from("hello\n") }]);
});

test("50 viewers get every byte once", async () => {
  const { request, run } = await addRun(database.db);
  const { port } = await startLive(database);
  const pages = await watchers(port, request, 50);
  const log = linesOf(20_000);
  const writer = await openWriter({ db: database.db, run });
  await feedSpool(writer, "log", log, 3000);
  await writer.end();
  await until(() => pages.every((page) => page.log().bytes.length >= log.length));
  for (const page of pages) {
    expect(page.log().whole).toBe(true);
    expect(page.log().bytes.equals(log)).toBe(true);
  }
});

test("who comes later gets what follows, from where the state says or before", async () => {
  const { request, run } = await addRun(database.db);
  const { port } = await startLive(database);
  const log = linesOf(20_000);
  const writer = await openWriter({ db: database.db, run });
  const [early] = await watchers(port, request, 1);
  const writing = feedSpool(
    { ...writer, from: writer.from, write: (frame) => sleep(1).then(() => writer.write(frame)) },
    "log",
    log,
    2000,
  );
  await until(() => (early?.frames.length ?? 0) > 3);
  const [late] = await watchers(port, request, 1);
  await writing;
  await writer.end();
  await until(() =>
    [early, late].every(
      (page) => (page?.frames.at(-1)?.offset ?? 0) + (page?.frames.at(-1)?.bytes.length ?? 0) === log.length,
    ),
  );
  const told = late?.messages.find((message) => message.type === "run");
  const first = late?.frames[0]?.offset ?? 0;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(told?.type === "run" ? told.logBytes : -1);
  expect(late?.log().whole).toBe(true);
  expect(late?.log().bytes.equals(log.subarray(first))).toBe(true);
});

test("a run that begins while its request is watched is sent from its first byte on", async () => {
  const { request, run: old } = await addRun(database.db);
  const { db } = database;
  await db.deleteFrom("run").where("id", "=", old).execute();
  const { port } = await startLive(database);
  const page = await openPage(port);
  page.send({ watch: "request", request });
  await until(() => page.messages.length === 1);
  const other = await addRun(db);
  await db.updateTable("run").set({ request }).where("id", "=", other.run).execute();
  const writer = await openWriter({ db, run: other.run });
  await feedSpool(writer, "log", Buffer.from("first\n"));
  await writer.end();
  await until(() => page.frames.length > 0);
  expect(page.log()).toEqual({ bytes: Buffer.from("first\n"), whole: true });
});

test("a slow viewer is left out, slows nobody, and is told what it has missed when it has caught up", async () => {
  const { request, run } = await addRun(database.db);
  const { port } = await startLive(database);
  const [slow, ...others] = await watchers(port, request, 4);
  slow?.socket.pause();
  const log = linesOf(800_000);
  const writer = await openWriter({ db: database.db, run });
  const began = performance.now();
  await feedSpool(writer, "log", log);
  await writer.end();
  await until(() => others.every((page) => page.log().bytes.length >= log.length));
  const seconds = (performance.now() - began) / 1000;
  for (const page of others) expect(page.log().whole && page.log().bytes.equals(log)).toBe(true);
  expect(seconds).toBeLessThan(15);
  const told = slow?.messages.length ?? 0;
  slow?.socket.resume();
  await until(() => (slow?.messages.length ?? 0) > told);
  expect(slow?.messages.at(-1)).toMatchObject({ type: "run", logBytes: log.length });
  expect(slow?.log().bytes.length).toBeLessThan(log.length / 2);
}, 60_000);

test("after the database was away nothing is missing, and the state is told again", async () => {
  const { request, run } = await addRun(database.db);
  const { port } = await startLive(database);
  const [page] = await watchers(port, request, 1);
  const log = linesOf(30_000);
  const writer = await openWriter({ db: database.db, run });
  await feedSpool(writer, "log", log.subarray(0, log.length / 2));
  await until(() => (page?.frames.length ?? 0) > 0);
  const restarting = database.server.restart("crash", 300);
  await feedSpool(writer, "log", log);
  await restarting;
  await writer.end();
  await until(() => (page?.log().bytes.length ?? 0) >= log.length);
  expect(page?.log().whole).toBe(true);
  expect(page?.log().bytes.equals(await storedLog(database.db, run))).toBe(true);
  await until(() => (page?.messages.filter(({ type }) => type === "run").length ?? 0) >= 2);
});
