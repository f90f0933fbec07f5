import { beforeAll, expect, test } from "vitest";
import type { Database } from "../store/database.ts";
import { openTestDatabase } from "../store/test-database.fixture.ts";
import { addRun } from "./run.fixture.ts";
import { feed, openWriter } from "./writer.fixture.ts";

let db: Database;
beforeAll(async () => {
  ({ db } = await openTestDatabase());
});

const eventsOf = (run: number) =>
  db.selectFrom("run_event").select(["seq", "event"]).where("run", "=", run).orderBy("seq").execute();
const journalOf = (...lines: readonly (object | string)[]): Buffer =>
  Buffer.from(lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));

test("events are numbered by the run, though each Gantry command of it begins at 1 again", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  const started = { type: "run-started", v: 1, seq: 1 };
  const finished = { type: "run-finished", v: 1, seq: 2 };
  const journal = journalOf(started, finished, started, finished);
  await feed(writer, "journal", journal, 9);
  expect(await writer.end()).toMatchObject({ events: 4, brokenEvents: 0 });
  expect(await eventsOf(run)).toEqual(
    [started, finished, started, finished].map((event, index) => ({ seq: index + 1, event })),
  );
});

test("a writer that goes on after a crash stores each event once", async () => {
  const { run } = await addRun(db);
  const journal = journalOf(...Array.from({ length: 50 }, (_, index) => ({ type: "batch-started", batch: index })));
  const first = await openWriter({ db, run });
  await first.write({ kind: "journal", offset: 0, bytes: journal.subarray(0, 1000) });
  await first.flush();
  const second = await openWriter({ db, run });
  expect(second.from.journal).toBe(journal.subarray(0, 1000).lastIndexOf("\n") + 1);
  await feed(second, "journal", journal, 100);
  await second.end();
  expect((await eventsOf(run)).map(({ event }) => ("batch" in event ? event.batch : undefined))).toEqual(
    Array.from({ length: 50 }, (_, index) => index),
  );
});

test("a line that is no event is kept out and counted, and what follows it is stored", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  let deep = '"end"';
  for (let level = 0; level < 10_000; level++) deep = `[${deep}]`;
  const endless = `{"type":"planned","text":"${"x".repeat(3 * 2 ** 20)}"}`;
  await feed(
    writer,
    "journal",
    journalOf("not json", "7", "{}", `{"type":"planned","deep":${deep}}`, endless, "", { type: "planned" }),
  );
  expect(await writer.end()).toMatchObject({ events: 1 });
  expect(await eventsOf(run)).toEqual([{ seq: 1, event: { type: "planned" } }]);
});

test("a last line without an end is an event too, once the run has ended", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  await feed(writer, "journal", Buffer.from('{"type":"planned"}'));
  await writer.flush();
  expect(await eventsOf(run)).toEqual([]);
  expect(await writer.end()).toMatchObject({ events: 1 });
});

test("secrets are masked in events, but not the words that events are made of", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run, secrets: ['hunter"2', "planned"] });
  await feed(
    writer,
    "journal",
    journalOf({ type: "planned", output: ['-p hunter"2', "planned"], note: JSON.stringify('hunter"2') }),
  );
  await writer.end();
  expect(await eventsOf(run)).toEqual([
    { seq: 1, event: { type: "planned", output: ["-p ******", "******"], note: '"******"' } },
  ]);
});

test("characters that the database cannot keep in JSON are replaced", async () => {
  const { run } = await addRun(db);
  const writer = await openWriter({ db, run });
  await feed(writer, "journal", Buffer.from(String.raw`{"type":"planned","text":"a\u0000b\ud800c"}` + "\n"));
  await writer.end();
  expect(await eventsOf(run)).toEqual([{ seq: 1, event: { type: "planned", text: "a\uFFFDb\uFFFDc" } }]);
});
