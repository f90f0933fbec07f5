import type { KyselyPlugin } from "kysely";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import type { Database } from "../store/database.ts";
import { openTestDatabase, type TestDatabase } from "../store/test-database.fixture.ts";
import { LeaseLost } from "./run-position.ts";
import { addRun } from "./run.fixture.ts";
import { feed, openWriter, storedLog } from "./writer.fixture.ts";

let test_: TestDatabase;
let db: Database;
beforeAll(async () => {
  test_ = await openTestDatabase();
  ({ db } = test_);
});

const runRow = (run: number) => db.selectFrom("run").selectAll().where("id", "=", run).executeTakeFirstOrThrow();
const chunks = (run: number) =>
  db
    .selectFrom("log_chunk")
    .select(["start", "length", "first_line", "lines"])
    .where("run", "=", run)
    .orderBy("start")
    .execute();
const takeOver = (run: number) =>
  db
    .updateTable("run")
    .set((eb) => ({ lease: eb("lease", "+", 1) }))
    .where("id", "=", run)
    .execute();

/** A hundred lines and a last one without an end, with a secret in the midst and one at the end. */
const spool = Buffer.from(
  `${Array.from({ length: 100 }, (_, line) => `line ${line} of the log${line % 10 === 0 ? " hunter2" : ""}\n`).join("")}the end: hunter2`,
);
const masked = Buffer.from(spool.toString().replaceAll("hunter2", "******"));

test("a log is stored whole, with its bytes and lines counted and everything acknowledged", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run, secrets: ["hunter2"] });
  await feed(writer, "log", spool, 7);
  expect(await writer.end()).toEqual({
    logBytes: masked.length,
    logLines: 101,
    logCut: false,
    events: 0,
    brokenEvents: 0,
  });
  expect(await storedLog(db, run)).toEqual(masked);
  expect(await runRow(run)).toMatchObject({ log_read: spool.length, log_bytes: masked.length, log_lines: 101 });
});

test("the line that is there at once is stored at once, and a talkative program makes few chunks", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  await writer.write({ kind: "log", offset: 0, bytes: Buffer.from("first\n") });
  await expect.poll(async () => (await storedLog(db, run)).toString(), { interval: 5, timeout: 1000 }).toBe("first\n");
  for (let line = 0; line < 300; line++) {
    await writer.write({ kind: "log", offset: 6 + 2 * line, bytes: Buffer.from("x\n") });
    if (line % 30 === 0) await sleep(5);
  }
  await writer.end();
  const stored = await chunks(run);
  expect(stored.length).toBeLessThan(10);
  expect(stored.at(-1)).toMatchObject({ first_line: 301 - (stored.at(-1)?.lines ?? 0) });
});

test("a chunk has about 256 KiB at most, and the caller waits while much is to be stored", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  let accepted = 0;
  const writing = feed(
    { ...writer, write: (frame) => writer.write(frame).then(() => void (accepted += 1)) },
    "log",
    Buffer.alloc(8 * 2 ** 20, "0123456789abcde\n"),
    2 ** 20,
  );
  await Promise.resolve();
  expect(accepted).toBeLessThan(2);
  await writing;
  await writer.end();
  const stored = await chunks(run);
  expect(Math.max(...stored.map(({ length }) => length))).toBe(256 * 1024);
  expect(await runRow(run)).toMatchObject({ log_bytes: 8 * 2 ** 20, log_lines: 2 ** 19 });
});

test.each([0, 1, 2, 3, 10, 40, 397])(
  "after a crash behind write %i another writer goes on, without gap or duplicate",
  async (writes) => {
    const { run } = await addRun(db);
    const crash = new AbortController();
    const first = await openWriter({ db, run, secrets: ["hunter2"], signal: crash.signal });
    for (let write = 0; write < writes; write++) {
      await first.write({ kind: "log", offset: write * 5, bytes: spool.subarray(write * 5, write * 5 + 5) });
      if (write % 3 === 0) await first.flush();
    }
    await takeOver(run);
    const second = await openWriter({ db, run, lease: 2, secrets: ["hunter2"] });
    await feed(second, "log", spool, 11);
    const totals = await second.end();
    expect((await storedLog(db, run)).toString()).toBe(masked.toString());
    expect(totals).toMatchObject({ logBytes: masked.length, logLines: 101 });
  },
);

test("the end may be written again by another writer, and counts the last line once", async () => {
  const { run } = await addRun(db);
  const first = await openWriter({ db, run });
  await feed(first, "log", Buffer.from("one\ntwo"));
  await first.end();
  await takeOver(run);
  const second = await openWriter({ db, run, lease: 2 });
  expect(second.from.log).toBe(7);
  expect(await second.end()).toMatchObject({ logLines: 2 });
  await second.write({ kind: "log", offset: 7, bytes: Buffer.from("!\nthree\n") });
  expect(await second.end()).toMatchObject({ logLines: 3 });
  expect((await storedLog(db, run)).toString()).toBe("one\ntwo!\nthree\n");
});

test("frames that come again are left out, and a hole in the spool is a bug", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  const write = (offset: number, text: string) => writer.write({ kind: "log", offset, bytes: Buffer.from(text) });
  await write(0, "abc");
  await write(0, "abc");
  await write(1, "bcd");
  await expect(write(9, "x")).rejects.toThrow("the log goes on at 9, and ends at 4");
  await writer.end();
  expect((await storedLog(db, run)).toString()).toBe("abcd");
});

test("a writer whose run was taken over stores nothing more", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  await feed(writer, "log", Buffer.from("mine\n"));
  await writer.flush();
  await takeOver(run);
  await writer.write({ kind: "log", offset: 5, bytes: Buffer.from("too late\n") }).catch(() => {});
  await expect(writer.flush()).rejects.toThrow(LeaseLost);
  await expect(writer.end()).rejects.toThrow(LeaseLost);
  await expect(writer.write({ kind: "cut" })).rejects.toThrow(LeaseLost);
  await expect(openWriter({ db, run })).rejects.toThrow(LeaseLost);
  expect((await storedLog(db, run)).toString()).toBe("mine\n");
});

test("at its limit a log is cut, and the rest is acknowledged all the same", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run, limit: 1000 });
  await feed(writer, "log", spool, 300);
  expect(await writer.end()).toMatchObject({ logBytes: 1000, logCut: true });
  expect(await runRow(run)).toMatchObject({ log_read: spool.length, log_bytes: 1000, log_cut: true });
  expect(await storedLog(db, run)).toEqual(spool.subarray(0, 1000));
});

test("what the place has left out marks the log as cut", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  await feed(writer, "log", Buffer.from("text\n"));
  await writer.write({ kind: "cut" });
  expect(await writer.end()).toMatchObject({ logBytes: 5, logCut: true });
});

/** The database as it looks when some answers never arrive, though the work was done. */
function losingAnswers(isLost: (answer: number) => boolean): Database {
  let answers = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (isLost(answers++)) throw new Error("Connection terminated unexpectedly");
      return result;
    },
  };
  return db.withPlugin(plugin);
}

test("a write whose answer was lost is not done twice", async () => {
  const { run } = await addRun(db);
  const troubles: unknown[] = [];
  const unreliable = losingAnswers((answer) => answer % 3 === 1);
  const writer = await openWriter({ db: unreliable, run, onTrouble: (error) => troubles.push(error) });
  for (let offset = 0; offset < 500; offset += 100) {
    await writer.write({ kind: "log", offset, bytes: spool.subarray(offset, offset + 100) });
    await writer.flush();
  }
  await writer.end();
  expect(troubles.length).toBeGreaterThan(2);
  expect(await storedLog(db, run)).toEqual(spool.subarray(0, 500));
});

test("a database that stays away is given up when the worker has to end", async () => {
  const { run } = await addRun(db);
  const stop = new AbortController();
  const writer = await openWriter({ db: losingAnswers((answer) => answer > 0), run, signal: stop.signal });
  await writer.write({ kind: "log", offset: 0, bytes: Buffer.from("x\n") });
  setTimeout(() => stop.abort(), 200);
  await expect(writer.flush()).rejects.toThrow("Connection terminated unexpectedly");
});

test.each(["fast", "crash"] as const)(
  "a restart of the database in mid-run (%s) loses and doubles nothing",
  async (how) => {
    const { run } = await addRun(db);
    const writer = await openWriter({ db, run });
    const lines = Buffer.from(Array.from({ length: 40_000 }, (_, line) => `line ${line}\n`).join(""));
    let restarted: Promise<void> | undefined;
    for (let offset = 0; offset < lines.length; offset += 5000) {
      if (offset === 100_000) restarted = test_.server.restart(how, 200);
      await writer.write({ kind: "log", offset, bytes: lines.subarray(offset, offset + 5000) });
      await sleep(3);
    }
    await restarted;
    expect(await writer.end()).toMatchObject({ logLines: 40_000 });
    expect((await storedLog(db, run)).equals(lines)).toBe(true);
  },
);

test("a million lines are stored and read back byte by byte", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run, secrets: ["no such secret"] });
  let text = "";
  for (let line = 0; line < 1_000_000; line++)
    text += `2026-11-23 10:10:10 worker ${line % 16} has done step ${line} of it\n`;
  const lines = Buffer.from(text);
  await feed(writer, "log", lines, 100_000);
  expect(await writer.end()).toMatchObject({ logLines: 1_000_000, logBytes: lines.length });
  expect((await storedLog(db, run)).equals(lines)).toBe(true);
});
