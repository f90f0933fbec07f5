import { fork } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import websocket from "@fastify/websocket";
import fastify from "fastify";
import type { SignedIn } from "../src/server/accounts/signed-in.ts";
import { openFeed } from "../src/server/live/feed.ts";
import { notify } from "../src/server/live/feed-message.ts";
import { liveSocket } from "../src/server/live/live-socket.ts";
import { readLines } from "../src/server/logs/log-lines.ts";
import { searchLog } from "../src/server/logs/log-search.ts";
import { addRun } from "../src/server/logs/run.fixture.ts";
import { feed as feedSpool, openWriter } from "../src/server/logs/writer.fixture.ts";
import { migrate, openDatabase, type Database, type DatabaseAddress } from "../src/server/store/database.ts";
import { startTestPostgres } from "../src/server/store/test-postgres.fixture.ts";
import type { ViewersReport, ViewersTask, Viewed } from "./console-log-viewers.ts";

const LINES = 1_000_000;
const VIEWERS = 50;
/** Lines a second that are stored at least while all watch; seconds for opening and for a search. */
const BARS = { lines: 50_000, open: 1, search: 1 };

/**
 * The log of a run: a million lines through the log writer with 50 viewers on WebSockets, then opening and searching
 * it. The database waits for its disk, and the viewers are a process of their own.
 */
export async function consoleLog(): Promise<boolean> {
  const server = await startTestPostgres({ durable: true });
  const address = server.address("postgres");
  const db = openDatabase(address, "gantry bench", (error) => console.error(error.message));
  try {
    await migrate(db);
    const { request, run } = await addRun(db);
    return [await writeAndWatch(db, address, request, run), await openAndSearch(db, run)].every(Boolean);
  } finally {
    await db.destroy();
    await server.stop();
  }
}

async function writeAndWatch(db: Database, address: DatabaseAddress, request: number, run: number): Promise<boolean> {
  const log = makeLog();
  const server = await startServer(db, address);
  const viewers = fork(fileURLToPath(new URL("./console-log-viewers.ts", import.meta.url)));
  try {
    viewers.send({ port: server.port, request, count: VIEWERS, bytes: log.length } satisfies ViewersTask);
    await report(viewers, 60_000);
    const [began, used] = [performance.now(), process.cpuUsage()];
    const reported = report(viewers, 300_000);
    const writer = await openWriter({ db, run, secrets: ["s3cr3t-p4ssw0rd", "another&secret value"] });
    await feedSpool(writer, "log", log);
    const { logBytes, logLines } = await writer.end();
    const stored = secondsSince(began);
    await db.transaction().execute(async (trx) => {
      await trx.updateTable("run").set({ state: "succeeded" }).where("id", "=", run).execute();
      await notify(trx, { type: "run", request, run, state: "succeeded" });
    });
    const answer = await reported;
    const seen = secondsSince(began);
    const viewed = "viewed" in answer ? answer.viewed : [];
    const whole = viewed.filter((each) => isWhole(each, log)).length;
    say(`${LINES} lines, ${logBytes} bytes, stored in`, stored);
    say(`and seen by all ${VIEWERS} viewers after`, seen);
    const { user, system } = process.cpuUsage(used);
    say("processor time of writer and server together", (user + system) / 1e6);
    const rate = LINES / stored;
    return [
      bar(`lines a second stored: ${Math.round(rate)}`, rate >= BARS.lines && logLines === LINES, `>= ${BARS.lines}`),
      bar(`lines a second seen: ${Math.round(LINES / seen)}`, LINES / seen >= BARS.lines, `>= ${BARS.lines}`),
      bar(`viewers with every byte once and in order: ${whole}`, whole === VIEWERS, `${VIEWERS}`),
    ].every(Boolean);
  } finally {
    if (viewers.connected) viewers.kill();
    await server.close();
  }
}

async function openAndSearch(db: Database, run: number): Promise<boolean> {
  const search = (q: string, kind: "text" | "error") => searchLog(db, run, { q, from: 0, limit: 200, kind });
  const measured = {
    "the last 500 lines": await timed(() => readLines(db, run, -500, 500)),
    "line 500,000 and 499 more": await timed(() => readLines(db, run, 500_000, 500)),
    "search for a text that is not there": await timed(() => search("no such text", "text")),
    "search for a text in the last line": await timed(() => search(`STEP ${LINES - 1} `, "text")),
    "search for the first error, of which there is none": await timed(() => search("", "error")),
  };
  return Object.entries(measured)
    .map(([what, seconds]) => {
      const most = what.startsWith("search") ? BARS.search : BARS.open;
      return bar(`${what}: ${seconds.toFixed(3)} s`, seconds <= most, `<= ${most} s`);
    })
    .every(Boolean);
}

/** Lines of about 60 bytes that are not all alike. */
function makeLog(): Buffer {
  const lines: string[] = [];
  for (let line = 0; line < LINES; line++)
    lines.push(
      `10:${line % 60} worker-${line % 17} step ${line} of demo1 on lab${line % 3} took ${(line * 7919) % 997} ms, ok\n`,
    );
  return Buffer.from(lines.join(""));
}

async function startServer(db: Database, address: DatabaseAddress): Promise<{ port: number; close(): Promise<void> }> {
  const onTrouble = (error: unknown): void => console.error(error);
  const feed = openFeed({ address, application: "gantry bench feed", onTrouble });
  const app = fastify({ forceCloseConnections: true });
  await app.register(websocket, { options: { maxPayload: 16 * 1024, perMessageDeflate: false } });
  await app.register(async (scope) =>
    liveSocket(scope, { db, feed, authenticate: async () => VIEWER, maySee: async () => true, onTrouble }),
  );
  await Promise.all([feed.listening, app.listen({ host: "127.0.0.1", port: 0 })]);
  const close = async (): Promise<void> => {
    await app.close();
    await feed.close();
  };
  return { port: (app.server.address() as AddressInfo).port, close };
}

const VIEWER: SignedIn = {
  id: 1,
  name: "viewer",
  displayName: "",
  role: "submitter",
  permissions: [],
  everywhere: [],
  rules: [],
  groups: [],
  mustChangePassword: false,
  email: "",
  mustEnrolTotp: false,
  totp: false,
  method: null,
  csrfToken: "",
  expiresAt: new Date(8.64e15),
  via: { session: 1 },
  address: "127.0.0.1",
};

async function report(viewers: ReturnType<typeof fork>, milliseconds: number): Promise<ViewersReport> {
  const [message] = await once(viewers, "message", { signal: AbortSignal.timeout(milliseconds) });
  return message as ViewersReport;
}

function isWhole({ bytes, checksum, breaks }: Viewed, log: Buffer): boolean {
  return bytes === log.length && breaks === 0 && checksum === crc32(log);
}

/** The median of three times. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    await work();
    times.push(secondsSince(began));
  }
  return times.toSorted((a, b) => a - b)[1] ?? Number.NaN;
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}

function say(what: string, seconds: number): void {
  console.log(`${what.padEnd(58)} ${seconds.toFixed(2)} s`);
}

function bar(what: string, met: boolean, asked: string): boolean {
  console.log(`${met ? "met " : "MISS"}  ${what.padEnd(58)} bar ${asked}`);
  return met;
}
