import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  endings,
  follow,
  main,
  processesOf,
  runName,
  runToEnd,
  shell,
  specOf,
  testPlace,
  type TestPlace,
} from "./place.fixture.ts";
import type { SpoolSpec, StopSignal } from "./place.ts";

let here: TestPlace;
beforeAll(() => {
  here = testPlace();
});
afterAll(() => here.clean());

const spool = (run: string): string => join(here.root, run);
const file = (run: string, name: string): string => readFileSync(join(spool(run), name), "utf8");
const supervisor = (run: string): number => Number.parseInt(file(run, "pgid"), 10);

/** Starts a run and waits until its log ends in `ready`. */
async function startAndWait(spec: SpoolSpec): Promise<string> {
  expect(await here.place.start(spec)).toEqual({ ok: true, value: undefined });
  for (let tries = 0; !file(spec.run, "log").endsWith("ready\n"); tries += 1) {
    if (tries > 400) throw new Error(`not ready: ${file(spec.run, "log")}`);
    await delay(25);
  }
  return spec.run;
}

const stop = (run: string, signal: StopSignal): Promise<unknown> => here.place.stop(run, signal);
const nobody = { ok: true, value: { left: 0 } };

/** A tree with a child, a grandchild in a session of its own, and a daemon that has forked twice. */
const TREE = `
sleep 300 &
setsid sh -c 'sleep 301 & sleep 302' &
(setsid sh -c 'cd /; sleep 303 & exec sleep 304' >/dev/null 2>&1 &)
sleep 0.2; echo ready; wait; sleep 305`;

describe("stopping a run", () => {
  test.each(["TERM", "KILL"] as const)("by %s ends the whole tree, also what has left the session", async (signal) => {
    const run = await startAndWait(specOf([shell(TREE), main("echo", "never")]));
    expect(processesOf(spool(run)).length).toBeGreaterThanOrEqual(6);
    expect(await stop(run, signal)).toEqual(nobody);
    expect(processesOf(spool(run))).toEqual([]);
    const followed = await follow(here.place, run);
    expect(followed).toMatchObject({ log: "ready\n", end: { stopped: true, timedOut: false } });
    expect(endings(followed)).toEqual([`main 0: ${signal}`]);
  });

  test("lets a line end in its own way", async () => {
    const run = await startAndWait(specOf([shell("trap 'echo tidied; exit 5' TERM; echo ready; sleep 300 & wait")]));
    expect(await stop(run, "TERM")).toEqual(nobody);
    const followed = await follow(here.place, run);
    expect(followed).toMatchObject({ log: "ready\ntidied\n", end: { stopped: true } });
    expect(endings(followed)).toEqual(["main 0: 5"]);
  });

  test("tells what is left of those that do not listen, and kills them when the grace is over", async () => {
    const deaf = "trap '' TERM; echo ready; while :; do sleep 1; done";
    const run = await startAndWait(specOf([shell(deaf)], { stopGrace: 4 }));
    const stopped = await stop(run, "TERM");
    expect(stopped).toMatchObject({ ok: true, value: { left: expect.any(Number) } });
    expect(stopped).not.toEqual(nobody);
    expect(endings(await follow(here.place, run))).toEqual(["main 0: KILL"]);
    expect(processesOf(spool(run))).toEqual([]);
  });

  test("by KILL does not wait for those that do not listen", async () => {
    const run = await startAndWait(specOf([shell("trap '' TERM; echo ready; while :; do sleep 1; done")]));
    expect(await stop(run, "KILL")).toEqual(nobody);
    expect(endings(await follow(here.place, run))).toEqual(["main 0: KILL"]);
  });

  test("wakes those that are suspended", async () => {
    const run = await startAndWait(specOf([shell("trap 'exit 6' TERM; echo ready; kill -STOP $$; exit 1")]));
    expect(await stop(run, "TERM")).toEqual(nobody);
    expect(endings(await follow(here.place, run))).toEqual(["main 0: 6"]);
  });

  test("ends what a line had left in the background before, too", async () => {
    const run = await startAndWait(specOf([shell("sleep 300 &"), shell("echo ready; sleep 301")]));
    expect(await stop(run, "TERM")).toEqual(nobody);
    expect(processesOf(spool(run))).toEqual([]);
  });

  test("of a run that has ended, or was never there, finds nobody", async () => {
    const spec = specOf([main("true")]);
    await here.place.start(spec);
    await follow(here.place, spec.run);
    expect(await stop(spec.run, "KILL")).toEqual(nobody);
    expect(await stop(runName(), "TERM")).toEqual(nobody);
  });
});

describe("stopping a Gantry line", () => {
  // Its shell would say of each sleep that TERM has ended it.
  const RELEASE = `
exec 2>/dev/null
setsid sleep 300 & connection=$!
trap 'kill -0 $connection && echo finishing' TERM
echo ready
while ! grep -q finishing "$GANTRY_SPOOL/log"; do sleep 0.1; done
trap 'kill -0 $connection && echo taking back; kill $connection; exit 3' TERM
while :; do sleep 0.1; done`;

  test("asks it alone, leaves its connections to it, and asks again only when a second TERM is wanted", async () => {
    const run = await startAndWait(specOf([shell(RELEASE, { gantry: true })], { stopGrace: 1 }));
    expect(await stop(run, "TERM")).not.toEqual(nobody);
    // The grace is over; a release is not killed for that.
    await delay(1500);
    // The answer may have been lost, so the same stop may be asked for again.
    expect(await stop(run, "TERM")).not.toEqual(nobody);
    expect(file(run, "log")).toBe("ready\nfinishing\n");
    expect(await here.place.stop(run, "TERM", 2)).toEqual(nobody);
    const followed = await follow(here.place, run);
    expect(followed.log).toBe("ready\nfinishing\ntaking back\n");
    expect(endings(followed)).toEqual(["main 0: 3"]);
  });

  test("when its time is up asks twice", async () => {
    const spec = specOf([shell(RELEASE, { gantry: true })], { stopGrace: 2, timeout: 2 });
    const followed = await runToEnd(here.place, spec);
    expect(followed).toMatchObject({ log: "ready\nfinishing\ntaking back\n", end: { timedOut: true, stopped: false } });
    expect(endings(followed)).toEqual(["main 0: 3"]);
  });

  test("clears up behind one that has ended and left something", async () => {
    const line = shell("setsid sleep 300 & trap 'exit 3' TERM; echo ready; while :; do sleep 0.1; done", {
      gantry: true,
    });
    const run = await startAndWait(specOf([line]));
    expect(await stop(run, "TERM")).toEqual(nobody);
    expect(processesOf(spool(run))).toEqual([]);
  });
});

describe("a supervisor", () => {
  const sleeper = (): SpoolSpec => specOf([shell("echo ready; sleep 300")]);

  test("that is killed leaves a lost run, whose processes can still be stopped", async () => {
    const run = await startAndWait(sleeper());
    process.kill(supervisor(run), "SIGKILL");
    expect(await follow(here.place, run)).toMatchObject({ log: "ready\n", end: "lost" });
    expect(processesOf(spool(run)).length).toBeGreaterThan(0);
    expect(await stop(run, "TERM")).toEqual(nobody);
    expect(processesOf(spool(run))).toEqual([]);
  });

  test("whose whole group gets TERM ends its lines and writes the exit record", async () => {
    const run = await startAndWait(sleeper());
    process.kill(-supervisor(run), "SIGTERM");
    expect(endings(await follow(here.place, run))).toEqual(["main 0: TERM"]);
    expect(processesOf(spool(run))).toEqual([]);
  });

  test("that does not answer is killed by KILL", async () => {
    const run = await startAndWait(sleeper());
    process.kill(-supervisor(run), "SIGSTOP");
    expect(await stop(run, "KILL")).toEqual(nobody);
    expect(await follow(here.place, run)).toMatchObject({ end: "lost" });
  });

  test("begins once, however often it is started", async () => {
    const spec = specOf([shell("echo begun; sleep 0.5; echo ended")]);
    const started = await Promise.all([1, 2, 3].map(() => here.place.start(spec)));
    expect(started).toEqual([1, 2, 3].map(() => ({ ok: true, value: undefined })));
    expect((await follow(here.place, spec.run)).log).toBe("begun\nended\n");
    expect(await here.place.start(spec)).toEqual({ ok: true, value: undefined });
    expect(file(spec.run, "log")).toBe("begun\nended\n");
  });

  test("is started anew where an earlier start died half-way", async () => {
    const spec = specOf([main("echo", "hi")]);
    mkdirSync(spool(spec.run));
    expect(await here.place.start(spec)).toEqual({ ok: true, value: undefined });
    expect((await follow(here.place, spec.run)).log).toBe("hi\n");
  });

  test("is not taken for another process with its number, which is not touched", async () => {
    const other = spawn("sleep", ["300"], { detached: true });
    onTestFinished(() => void other.kill("SIGKILL"));
    const run = runName();
    mkdirSync(spool(run));
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    writeFileSync(join(spool(run), "pgid"), `${other.pid} 12345 ${boot} ${other.pid}\n`);
    writeFileSync(join(spool(run), "line"), `${other.pid} plain\n`);
    expect(await follow(here.place, run)).toMatchObject({ end: "lost" });
    expect(await stop(run, "TERM")).toEqual(nobody);
    expect(await stop(run, "KILL")).toEqual(nobody);
    expect(other.exitCode ?? other.signalCode).toBeNull();
    expect(await here.place.remove(run)).toEqual({ ok: true, value: undefined });
  });
});
