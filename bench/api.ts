// npm run bench -- api: every list, filter and chart with 100,000 past requests, at a constant rate of calls.
import { spawn } from "node:child_process";
import { loadavg } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { startBundledPostgres } from "../src/adapters/postgres/bundled-postgres.ts";
import { fillAudit, fillPast, type Past } from "../src/server/history/past-requests.fixture.ts";
import { openDatabase } from "../src/server/store/database.ts";
import { ConsoleClient } from "../test/console/console-client.ts";
import { openConsole, PASSWORD } from "../test/console/open-console.ts";
import type { OpenLoop, OpenLoopResult } from "./open-loop.ts";

const REQUESTS = 100_000;
const RATE = 200;
/** Seconds at half the rate before anything is measured. */
const WARM_UP = 10;
/** Milliseconds that 99 of 100 calls may take. */
const BAR = 25;

/** Measures against the bar of the design; false when it is missed. `only`: seconds instead of 30. */
export async function apiBench(only: string | undefined): Promise<boolean> {
  const seconds = Number(only ?? 30);
  const open = await openConsole();
  try {
    const past = await fill(open.console.data);
    const { admin } = open;
    await admin.call("POST /accounts", {
      body: { name: "part", role: "submitter", groups: [past.partGroup], password: "part-password" },
    });
    const part = new ConsoleClient(open.console.url);
    await part.signIn("part", "part-password", PASSWORD);
    const calls = [...callsOf(past, admin, "administrator"), ...callsOf(past, part, "submitter")];
    // A console that has been used for a moment: its code is compiled, its statements are prepared.
    await load({ url: open.console.url, rate: RATE / 2, seconds: WARM_UP, calls });
    const before = loadavg()[0] ?? 0;
    const result = await load({ url: open.console.url, rate: RATE, seconds, calls });
    return report(result, before);
  } finally {
    await open.console.stop();
  }
}

async function fill(data: string): Promise<Past> {
  const server = await startBundledPostgres({ dataFolder: data, deadline: 20 });
  if (!server.ok) throw new Error(JSON.stringify(server.failure));
  const db = openDatabase(server.value.connection, "bench", () => undefined);
  try {
    const past = await fillPast(db, REQUESTS);
    await fillAudit(db, REQUESTS);
    // What the filling has left to do in the background is no part of the measurement.
    await sql`vacuum (analyze, freeze)`.execute(db);
    await sql`checkpoint`.execute(db);
    return past;
  } finally {
    await db.destroy();
  }
}

/** What pages ask for: lists with every filter, charts, details. */
function callsOf(past: Past, { cookie }: ConsoleClient, who: "administrator" | "submitter"): OpenLoop["calls"] {
  const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const first = (ids: readonly number[], place: number): number => ids[place] ?? 0;
  const lists: Readonly<Record<string, string>[]> = [
    {},
    { state: "succeeded" },
    { state: "failed,lost" },
    { environment: String(first(past.environments, 0)) },
    { environment: String(first(past.environments, 3)), state: "failed" },
    { category: String(first(past.categories, 2)) },
    { category: "0", by: "person3" },
    { order: String(first(past.orders, 25)) },
    { by: "person0" },
    { by: "person7,person40", state: "failed" },
    { from: ago(7) },
    { from: ago(300), to: ago(270) },
    { text: "demo1" },
    { text: "OPS-4711" },
    { text: "支付网关 4320" },
    { value: "mode:update" },
    { value: "version:2026.04.1234" },
    { columns: "project,version,mode" },
    { after: "50000" },
  ];
  const call = (name: string, path: string, query: Readonly<Record<string, string>> = {}) => {
    const search = new URLSearchParams(query).toString();
    return { name: `${who}: ${name}`, path: search === "" ? path : `${path}?${search}`, cookie };
  };
  const common = [
    ...lists.map((query) => call("GET /requests", "/requests", { ...query, limit: "50" })),
    call("GET /requests/variables", "/requests/variables"),
    call("GET /now", "/now"),
    call("GET /orders", "/orders"),
    call("GET /approvals", "/approvals"),
    call("GET /session", "/session"),
  ];
  if (who === "submitter") return common;
  const environment = String(first(past.environments, 0));
  return [
    ...common,
    ...[{}, { actor: "person3" }, { action: "run-ended" }, { kind: "request", id: "77" }, { text: "order_17" }].map(
      (query) => call("GET /audit", "/audit", query),
    ),
    ...[
      {},
      { from: ago(7), bucket: "hour" },
      { from: ago(90), bucket: "week" },
      { environment },
      { by: "person3" },
    ].map((query) => call("GET /statistics", "/statistics", { zone: "Asia/Shanghai", ...query })),
  ];
}

async function load(plan: OpenLoop): Promise<OpenLoopResult> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "open-loop.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(plan));
  return JSON.parse(await text(child.stdout)) as OpenLoopResult;
}

function report({ times, failures }: OpenLoopResult, loadBefore: number): boolean {
  const line = (name: string, values: readonly number[]): number => {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
    const shown = [0.5, 0.95, 0.99].map((part) => at(part).toFixed(1).padStart(8));
    console.log(`${name.padEnd(44)} ${String(values.length).padStart(6)} ${shown.join(" ")}`);
    return at(0.99);
  };
  console.log(`${"milliseconds from when a call was due".padEnd(44)}  calls      p50      p95      p99`);
  for (const [name, values] of Object.entries(times).toSorted(([a], [b]) => a.localeCompare(b))) line(name, values);
  const p99 = line("all", Object.values(times).flat());
  const good = p99 <= BAR && failures.length === 0;
  console.log(
    `${good ? "ok  " : "MISS"} p99 ${p99.toFixed(1)} ms at ${RATE} calls/s with ${REQUESTS} past requests (<= ${BAR} ms), ` +
      `${failures.length} failures (0); load of the machine before: ${loadBefore.toFixed(1)}`,
  );
  for (const failure of failures.slice(0, 5)) console.log(`  ${failure}`);
  return good;
}
