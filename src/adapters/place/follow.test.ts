import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endings, follow, main, runName, runToEnd, shell, specOf, testPlace, type TestPlace } from "./place.fixture.ts";
import { PlaceLost } from "./place.ts";

let here: TestPlace;
beforeAll(() => {
  here = testPlace();
});
afterAll(() => here.clean());

/** A spool of which nothing is known yet. */
function bareSpool(): { readonly run: string; readonly path: (name: string) => string } {
  const run = runName();
  mkdirSync(join(here.root, run), { recursive: true });
  return { run, path: (name) => join(here.root, run, name) };
}

const RECORD = '{"results":[],"timedOut":false,"stopped":true}';

test("followers that come and go see each of 200,000 lines once", async () => {
  const spec = specOf([shell("seq 1 100000; sleep 0.3; seq 100001 200000; sleep 0.1; echo end")]);
  expect(await here.place.start(spec)).toMatchObject({ ok: true });
  const began = performance.now();
  let log = "";
  let end: unknown = "not yet";
  for (let visits = 0; end === "not yet"; visits += 1) {
    expect(visits).toBeLessThan(500);
    const part = await follow(here.place, spec.run, { log: log.length, journal: 0 }, AbortSignal.timeout(40));
    log += part.log;
    end = part.end;
  }
  const expected = Array.from({ length: 200_000 }, (_, at) => `${at + 1}\n`).join("");
  expect(log === `${expected}end\n`).toBe(true);
  expect(end).toMatchObject({ stopped: false });
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("a run outlives who has started it", async () => {
  const spec = specOf([shell("sleep 1.5; echo survived")]);
  const script = join(here.folder, "starter.ts");
  writeFileSync(
    script,
    `import { createLocalPlace } from ${JSON.stringify(join(import.meta.dirname, "local-place.ts"))};
const place = createLocalPlace({ name: "here", spoolRoot: ${JSON.stringify(here.root)} });
await place.start(${JSON.stringify(spec)});
process.kill(0, "SIGKILL");
`,
  );
  const starter = spawn(process.execPath, [script], { detached: true, stdio: "ignore" });
  await new Promise((resolve) => starter.once("exit", resolve));
  expect(starter.signalCode).toBe("SIGKILL");
  expect(await follow(here.place, spec.run)).toMatchObject({ log: "survived\n", end: { stopped: false } });
});

test("100 MB come through within a few seconds", async () => {
  const began = performance.now();
  const followed = await runToEnd(here.place, specOf([shell("yes 0123456789abcdef | head -c 100000000")]));
  expect(followed.log).toHaveLength(100_000_000);
  expect(endings(followed)).toEqual(["main 0: 0"]);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("bytes are told of as they come", async () => {
  const spec = specOf([shell("for i in 1 2 3 4 5; do sleep 0.3; date +%s%N; done")]);
  await here.place.start(spec);
  const late: number[] = [];
  for await (const frame of here.place.follow(spec.run, { log: 0, journal: 0 }, AbortSignal.timeout(15_000))) {
    if (frame.kind === "log") late.push(Date.now() - Number(frame.bytes.toString()) / 1e6);
  }
  expect(late).toHaveLength(5);
  // A machine that has other things to do, too, is late for some of them.
  expect(late.toSorted((a, b) => a - b)[1]).toBeLessThan(60);
});

test("a follower that is told to stop stops at once", async () => {
  const spec = specOf([shell("echo ready; sleep 300")]);
  await here.place.start(spec);
  const stop = new AbortController();
  const following = follow(here.place, spec.run, undefined, stop.signal);
  await delay(1000);
  const began = performance.now();
  stop.abort();
  expect(await following).toMatchObject({ log: "ready\n", end: "not yet" });
  expect(performance.now() - began).toBeLessThan(500);
});

test("a run that nobody knows is lost", async () => {
  expect(await follow(here.place, runName())).toMatchObject({ log: "", end: "lost" });
});

test("all that was written comes before the end, without what came after the limit", async () => {
  const { run, path } = bareSpool();
  writeFileSync(path("limit"), "10\n");
  writeFileSync(path("log"), "0123456789beyond");
  writeFileSync(path("journal.ndjson"), '{"a":1}\n{"half"');
  writeFileSync(path("cut"), "");
  writeFileSync(path("exit"), RECORD.padEnd(300));
  expect(await follow(here.place, run)).toEqual({
    log: "0123456789",
    journal: '{"a":1}\n',
    cut: true,
    end: { results: [], timedOut: false, stopped: true },
  });
  expect(await follow(here.place, run, { log: 10, journal: 8 })).toMatchObject({ log: "", journal: "", cut: true });
});

test("a line of the journal is told of when it is whole, however it is written", async () => {
  const spec = specOf([shell("sleep 1; exit 0")]);
  await here.place.start(spec);
  const following = follow(here.place, spec.run);
  const line = `{"text":"${"x".repeat(3_000_000)}"}\n`;
  for (const piece of [line.slice(0, 5), line.slice(5, 2_000_000), line.slice(2_000_000), "{"]) {
    appendFileSync(join(here.root, spec.run, "journal.ndjson"), piece);
    await delay(50);
  }
  expect((await following).journal === line).toBe(true);
});

test("an exit record that cannot be read is none", async () => {
  const { run, path } = bareSpool();
  writeFileSync(path("exit"), '{"results":[{"task":"main","line":0,"exitCode":null,"signal":null}]}');
  expect(await follow(here.place, run)).toMatchObject({ end: "lost" });
});

test("a spool that cannot be read is no lost run: nothing is known of it", async () => {
  const { run, path } = bareSpool();
  mkdirSync(path("log"));
  await expect(follow(here.place, run)).rejects.toThrow(PlaceLost);
  rmSync(join(here.root, run), { recursive: true });
});

test("spools are expired when their record is old, or when they have none and nobody is left", async () => {
  const ended = specOf([main("true")]);
  const running = specOf([shell("sleep 300")]);
  await runToEnd(here.place, ended);
  await here.place.start(running);
  const { run: orphan } = bareSpool();
  const expired = async (age: number): Promise<readonly string[]> => {
    const found = await here.place.expired(age);
    return found.ok ? found.value.filter((run) => [ended.run, running.run, orphan].includes(run)) : [];
  };
  expect(await expired(3600)).toEqual([]);
  expect((await expired(-1)).toSorted()).toEqual([ended.run, orphan].toSorted());
  expect(await here.place.remove(running.run)).toMatchObject({ ok: false, failure: { reason: "running" } });
  for (const run of [ended.run, orphan, ended.run]) {
    expect(await here.place.remove(run)).toEqual({ ok: true, value: undefined });
  }
  expect(await expired(-1)).toEqual([]);
  await here.place.stop(running.run, "KILL");
});
