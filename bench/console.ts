// npm run bench -- console: what the console's users wait for.
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import { printBundleSizes } from "./bundle-size.ts";
import { consoleLog } from "./console-log.ts";
import { openConsole, signInAgain, type OpenConsole } from "../test/console/open-console.ts";
import { startConsole } from "../test/console/console-process.ts";

/** Requests submitted one after the other, runs at once, and runs in all. */
const SUBMITS = 100;
const AT_ONCE = 30;
const MANY = 1000;

/** Measures against the bars of the design; false when one is missed. */
export async function consoleBench(): Promise<boolean> {
  const open = await openConsole();
  const lines: { what: string; seen: string; bar: string; met: boolean }[] = [];
  const add = (what: string, seen: string, bar: string, met: boolean): void =>
    void lines.push({ what, seen, bar, met });
  try {
    const first = open.console.readyAfter;
    add("first start", `${(first / 1000).toFixed(2)} s`, "<= 5 s", first <= 5000);
    const { p50, p95 } = await submitToFirstLine(open);
    add(`submit to first line, ${SUBMITS}: p50`, `${p50.toFixed(0)} ms`, "-", true);
    add(`submit to first line, ${SUBMITS}: p95`, `${p95.toFixed(0)} ms`, "<= 150 ms", p95 <= 150);
    const burst = await atOnce(open, AT_ONCE);
    add(
      `${AT_ONCE} runs of echo at once`,
      `${(burst.milliseconds / 1000).toFixed(2)} s, ${burst.lost} lines lost`,
      "<= 5 s",
      burst.milliseconds <= 5000 && burst.lost === 0,
    );
    const many = await atOnce(open, MANY);
    add(
      `${MANY} runs of echo`,
      `${(many.milliseconds / 1000).toFixed(1)} s, ${many.lost} lines lost`,
      "0 lost",
      many.lost === 0,
    );
    await open.console.stop();
    const starts: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const again = await startConsole({ data: open.console.data });
      starts.push(again.readyAfter);
      await again.stop();
    }
    const start = median(starts);
    add("start, median of 5", `${(start / 1000).toFixed(2)} s`, "<= 2 s", start <= 2000);
  } finally {
    await open.console.stop();
  }
  const logsGood = await consoleLog();
  await printBundleSizes(join(import.meta.dirname, "../dist/web"));
  for (const { what, seen, bar, met } of lines)
    console.log(`${met ? "ok  " : "MISS"} ${what.padEnd(40)} ${seen.padEnd(28)} ${bar}`);
  return logsGood && lines.every(({ met }) => met);
}

/** Milliseconds from sending the request to its first log bytes on a WebSocket, as a page gets them. */
async function submitToFirstLine({ console: { url }, admin, environment, configCentre }: OpenConsole) {
  const { id: order } = await admin.define("work_order", {
    name: "latency",
    environment,
    configCentre,
    mainTask: "echo hi",
    lock: "none",
  });
  const { version: orderVersion } = await admin.call("GET /orders/:id", { params: { id: order } });
  const times: number[] = [];
  for (let n = 0; n < SUBMITS; n += 1) {
    const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/live`, {
      headers: { cookie: admin.cookie, origin: url },
    });
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const began = performance.now();
    const { id } = await admin.call("POST /requests", { body: { order, orderVersion, values: {} } });
    const first = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error(`no line of request ${id} within 10 s`)), 10_000).unref();
      socket.on("message", (_data: unknown, isBinary: boolean) => {
        if (isBinary) resolve(performance.now());
      });
    });
    socket.send(JSON.stringify({ watch: "request", request: id }));
    // What came before the watch is read over HTTP, as the page does.
    const early = pollLog(admin, id);
    times.push((await Promise.race([first, early])) - began);
    socket.close();
    await admin.until(id);
  }
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: sorted[Math.floor(sorted.length * 0.5)] ?? 0, p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
}

async function pollLog(admin: OpenConsole["admin"], request: number): Promise<number> {
  for (let tries = 0; tries < 400; tries += 1) {
    const { run } = await admin.request(request);
    if (run !== null && run.logBytes > 0) return performance.now();
    await delay(25);
  }
  throw new Error(`no line of request ${request} in the database`);
}

/** Submits so many runs at once; the time until the last has ended, and how many have not their one line. */
async function atOnce({ console: { url }, environment, configCentre, admin }: OpenConsole, count: number) {
  const { id: order } = await admin.define("work_order", {
    name: `burst${count}`,
    environment,
    configCentre,
    mainTask: "echo hi",
    lock: "none",
  });
  const { version: orderVersion } = await admin.call("GET /orders/:id", { params: { id: order } });
  const client = await signInAgain(url);
  const began = performance.now();
  const requests = await Promise.all(
    Array.from({ length: count }, () => client.call("POST /requests", { body: { order, orderVersion, values: {} } })),
  );
  const last = Math.max(...requests.map(({ id }) => id));
  const deadline = Date.now() + 300_000;
  for (;;) {
    const { running, queued } = await client.call("GET /now");
    if (running.length === 0 && queued.length === 0) break;
    if (Date.now() > deadline) throw new Error(`requests up to ${last} have not ended in time`);
    await delay(50);
  }
  const milliseconds = performance.now() - began;
  let lost = 0;
  for (const { id } of requests) {
    const request = await client.request(id);
    if (request.state !== "succeeded" || (await client.log(request)) !== "hi\n") lost += 1;
  }
  return { milliseconds, lost };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
