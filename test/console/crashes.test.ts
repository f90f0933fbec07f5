import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import {
  newDataFolder,
  startConsole,
  startWorkerProcess,
  type ConsoleProcess,
  type WorkerProcess,
} from "./console-process.ts";
import { runProcesses } from "./run-processes.ts";
import { openConsole, signInAgain, type OpenConsole } from "./open-console.ts";

/** Prints 200 numbered lines in about 6 s. */
const COUNTING = "sh -c 'i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo line $i; sleep 0.03; done'";
const ALL = Array.from({ length: 200 }, (_, index) => `line ${index + 1}\n`).join("");

const started: (ConsoleProcess | WorkerProcess)[] = [];
afterEach(async () => {
  for (const process of started.splice(0).toReversed()) await process.stop();
});

async function begin(args: readonly string[] = []): Promise<OpenConsole & { request: number }> {
  const open = await openConsole({ args });
  started.push(open.console);
  const { environment, configCentre, admin } = open;
  const order = await admin.define("work_order", { name: "counting", environment, configCentre, mainTask: COUNTING });
  const { id } = await admin.submit(order.id);
  return { ...open, request: id };
}

async function untilInMidRun({ admin, request }: { admin: OpenConsole["admin"]; request: number }): Promise<void> {
  await admin.until(request, ["running"]);
  await expect
    .poll(async () => (await admin.request(request)).run?.logLines ?? 0, { timeout: 10_000 })
    .toBeGreaterThan(20);
}

describe("a run goes on, and its log has no gap,", () => {
  it("when the console is killed in mid-run and started again", async () => {
    const open = await begin();
    await untilInMidRun(open);
    await open.console.kill();
    await delay(1500);
    const again = await startConsole({ data: open.console.data });
    started.push(again);
    const admin = await signInAgain(again.url);
    const ended = await admin.until(open.request);
    expect(ended.state).toBe("succeeded");
    expect(await admin.log(ended)).toBe(ALL);
  });

  it("when the console is away until after the run has ended", async () => {
    const open = await begin();
    await untilInMidRun(open);
    await open.console.kill();
    await delay(7000);
    const again = await startConsole({ data: open.console.data });
    started.push(again);
    const admin = await signInAgain(again.url);
    const ended = await admin.until(open.request, undefined, 30);
    expect(ended.state).toBe("succeeded");
    expect(await admin.log(ended)).toBe(ALL);
  });

  it("when its worker is killed and another one takes over", async () => {
    const data = newDataFolder();
    const open = await openConsole({ data, args: ["--no-worker"] });
    started.push(open.console);
    const { environment, configCentre, admin } = open;
    const order = await admin.define("work_order", { name: "counting", environment, configCentre, mainTask: COUNTING });
    const first = await startWorkerProcess(data);
    const { id: request } = await admin.submit(order.id);
    await untilInMidRun({ admin, request });
    const second = await startWorkerProcess(data);
    started.push(second);
    await first.kill();
    const ended = await admin.until(request, undefined, 60);
    expect(ended.state).toBe("succeeded");
    expect(await admin.log(ended)).toBe(ALL);
    expect(ended.run?.worker).toContain(String(second.child.pid));
  });

  it("when the database is restarted in mid-run", async () => {
    const open = await begin();
    await untilInMidRun(open);
    const pid = Number(readFileSync(join(open.console.data, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
    process.kill(pid, "SIGINT");
    await delay(1000);
    const state = (): Promise<string> =>
      open.admin.request(open.request).then(
        (request) => request.state,
        (error: unknown) => String(error),
      );
    await expect.poll(state, { timeout: 50_000 }).toBe("succeeded");
    const ended = await open.admin.request(open.request);
    expect(await open.admin.log(ended)).toBe(ALL);
  });

  it("when the console is told to stop, and started again", async () => {
    const open = await begin();
    await untilInMidRun(open);
    expect(await open.console.stop()).toBe(0);
    const again = await startConsole({ data: open.console.data });
    started.push(again);
    const admin = await signInAgain(again.url);
    const ended = await admin.until(open.request);
    expect(ended.state).toBe("succeeded");
    expect(await admin.log(ended)).toBe(ALL);
  });
});

it("calls a run lost whose processes are gone without an exit record, never failed or succeeded", async () => {
  const open = await openConsole();
  started.push(open.console);
  const { environment, configCentre, admin } = open;
  const order = await admin.define("work_order", {
    name: "sleeper",
    environment,
    configCentre,
    mainTask: "sleep 1005",
  });
  const { id } = await admin.submit(order.id);
  await admin.until(id, ["running"]);
  const commands = (): string[] => runProcesses(open.console.data).map(({ command }) => command);
  await expect.poll(commands, { timeout: 10_000 }).toContain("sleep 1005 ");
  const left = runProcesses(open.console.data);
  for (const { pid } of left) process.kill(pid, "SIGKILL");
  expect((await admin.until(id)).state).toBe("lost");
});

it("refuses a second console on the same data folder, and says who has it", async () => {
  const open = await openConsole();
  started.push(open.console);
  await expect(startConsole({ data: open.console.data })).rejects.toThrow(
    new RegExp(`in use by another console \\(process ${open.console.child.pid} on`),
  );
});
