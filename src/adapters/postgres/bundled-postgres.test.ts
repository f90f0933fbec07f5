import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type BundledPostgres, type BundledPostgresOptions, startBundledPostgres } from "./bundled-postgres.ts";
import type { PostgresConnection } from "./first-query.ts";
import { findPostmaster, stopPostmaster } from "./postmaster.ts";
import { socketFolderOf } from "./private-folder.ts";
import { bundledPackage } from "./programs.ts";
import { chooseServerUser, type ServerUser } from "./server-user.ts";

/** Seconds for a start on a busy machine; making a database takes one second of computing. */
const PATIENCE = 60;
vi.setConfig({ testTimeout: 2 * PATIENCE * 1000, hookTimeout: 2 * PATIENCE * 1000 });

const isRoot = process.getuid?.() === 0;

/** A data folder with a database that does not run, to be copied. */
let prepared: string;
let user: ServerUser;
let base: string;
let dataFolder: string;
let children: ChildProcess[];

beforeAll(async () => {
  prepared = makeBase();
  const postgres = await started({ dataFolder: prepared });
  await query(postgres.connection, "create table kept as select 'yes' as answer");
  await postgres.stop();
  user = await chooseServerUser(statSync(join(prepared, "postgres")));
});
beforeEach(() => {
  base = makeBase();
  dataFolder = join(base, "data");
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  const running = isRunning();
  if (running !== undefined) await stopPostmaster(running, cluster(), user, 10);
  rmSync(base, { recursive: true, force: true });
});
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

/** Others may pass, as they may where data folders are. */
function makeBase(): string {
  const folder = mkdtempSync("/tmp/gt-");
  run("chmod", "711", folder);
  return folder;
}

function run(...[program = "", ...rest]: readonly string[]): void {
  const { status, stderr } = spawnSync(program, rest, { encoding: "utf8", timeout: 30_000 });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

/** Copies the prepared database; its programs are shared. */
function usePrepared(): void {
  mkdirSync(dataFolder, { recursive: true });
  run("chmod", "755", dirname(dataFolder), dataFolder);
  run("cp", "-a", join(prepared, "postgres"), dataFolder);
  symlinkSync(join(prepared, "postgres-programs"), join(dataFolder, "postgres-programs"));
}

const cluster = (): string => join(dataFolder, "postgres/data");
const isRunning = (): number | undefined => findPostmaster(cluster(), user)?.pid;

async function started(options: Partial<BundledPostgresOptions> = {}): Promise<BundledPostgres> {
  const result = await startBundledPostgres({ dataFolder, deadline: PATIENCE, ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

async function query(connection: PostgresConnection, text: string): Promise<unknown> {
  const client = new Client({ ...connection });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(text)).rows[0]?.answer;
  } finally {
    await client.end();
  }
}

/** Another process that starts the server and then waits for its end. */
function starter(): ChildProcess {
  const program = `
    import { startBundledPostgres } from ${JSON.stringify(join(import.meta.dirname, "bundled-postgres.ts"))};
    const result = await startBundledPostgres({ dataFolder: ${JSON.stringify(dataFolder)}, deadline: ${PATIENCE} });
    console.log(result.ok);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

function asServerUser(...[program = "", ...rest]: readonly string[]): ChildProcess {
  const child = spawn(program, rest, { cwd: "/", ...(user.isSelf ? {} : { uid: user.uid, gid: user.gid }) });
  children.push(child);
  return child;
}

function childrenOf(child: ChildProcess): readonly number[] {
  const text = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8");
  return text.trim().split(" ").map(Number);
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

test("the first start makes a private database that no network reaches, and never runs as root", async () => {
  const postgres = await started();
  expect(postgres).toMatchObject({ reused: false, version: expect.stringMatching(/^18\./) });
  expect(statSync(`/proc/${isRunning()}`).uid).not.toBe(0);
  for (const name of ["", "data", "run", "log"]) {
    const { mode, uid } = statSync(join(dataFolder, "postgres", name));
    expect([name, (mode & 0o777).toString(8), uid]).toEqual([name, "700", user.uid]);
  }
  const settings = [
    "listen_addresses",
    "fsync",
    "synchronous_commit",
    "wal_compression",
    "cluster_name",
    "shared_buffers",
  ];
  const values = settings.map((name) => `current_setting('${name}')`).join(", ");
  const answer = await query(postgres.connection, `select array[${values}] as answer`);
  expect(answer).toEqual(["", "on", "on", "pglz", "gantry", "128MB"]);
  expect(await query(postgres.connection, "select upper('größe') || length('密码') as answer")).toBe("GRÖßE2");
  expect(readdirSync(join(dataFolder, "postgres/log")).every((name) => /^postgres-\w{3}\.log$/.test(name))).toBe(true);
});

test("stop ends the server while it is in use, and a later start finds the data", async () => {
  usePrepared();
  const postgres = await started();
  const busy = query(postgres.connection, "select pg_sleep(60)").catch((error: unknown) => error);
  await sleep(100);
  await postgres.stop();
  expect(await busy).toBeInstanceOf(Error);
  expect(isRunning()).toBeUndefined();
  await postgres.stop();

  const again = await started();
  expect(again.reused).toBe(false);
  expect(await query(again.connection, "select answer from kept")).toBe("yes");
});

test("a server outlives the process that started it, killed with kill -9, and is used again", async () => {
  usePrepared();
  const child = starter();
  expect(String(await once(child.stdout ?? child, "data"))).toBe("true\n");
  const pid = isRunning();
  child.kill("SIGKILL");
  await once(child, "exit");
  const postgres = await started();
  expect(postgres.reused).toBe(true);
  expect(isRunning()).toBe(pid);
  await postgres.stop();
  expect(isRunning()).toBeUndefined();
});

test("a server that does not answer is waited for until the deadline, and goes on", async () => {
  usePrepared();
  await started();
  const pid = isRunning() ?? 0;
  process.kill(pid, "SIGSTOP");
  const result = await startBundledPostgres({ dataFolder, deadline: 1 });
  process.kill(pid, "SIGCONT");
  expect(result).toMatchObject({ ok: false, failure: { reason: "deadline", action: "start", seconds: 1 } });
  expect((await started()).reused).toBe(true);
});

test("the number of a server that is gone may belong to another program", async () => {
  usePrepared();
  const other = asServerUser("sleep", "60");
  const lines = [other.pid, cluster(), "1795601189", "5432", join(dataFolder, "postgres/run"), "", " 1 2", "ready   "];
  writeFileSync(join(cluster(), "postmaster.pid"), `${lines.join("\n")}\n`);
  expect((await started()).reused).toBe(false);
  expect(other.exitCode).toBeNull();
});

test("a server that was killed while it was used is replaced by one that recovers what was committed", async () => {
  usePrepared();
  const { connection } = await started();
  await query(connection, "update kept set answer = 'still'");
  const busy = query(connection, "select pg_sleep(60)").catch((error: unknown) => error);
  await sleep(100);
  process.kill(isRunning() ?? 0, "SIGKILL");
  const again = await started();
  expect(await busy).toBeInstanceOf(Error);
  expect(again.reused).toBe(false);
  expect(await query(again.connection, "select answer from kept")).toBe("still");
});

test("a database whose making was interrupted is made anew", async () => {
  const unfinished = (): readonly string[] => {
    const folder = join(dataFolder, "postgres");
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("data.new-")) : [];
  };
  const child = starter();
  while (unfinished().length === 0) await sleep(5);
  const initdb = childrenOf(child);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(existsSync(cluster())).toBe(false);

  // The program that was making it goes on, and must not disturb the one that makes it anew.
  expect(initdb.some(isAlive)).toBe(true);
  const { connection } = await started();
  expect(await query(connection, "select 1 as answer")).toBe(1);
  while (initdb.some(isAlive)) await sleep(20);
});

test("two starts at once get one server", async () => {
  const both = await Promise.all([started(), started()]);
  expect(both.filter(({ reused }) => reused)).toHaveLength(1);
  expect(both[0].connection).toEqual(both[1].connection);
});

test("a package that the server's user cannot read, and whose library links were never made, serves", async () => {
  const packageFolder = join(base, "package");
  run("cp", "-r", bundledPackage(), packageFolder);
  run("find", packageFolder, "-type", "l", "-delete");
  run("chmod", "-R", "go-rwx", packageFolder);
  usePrepared();
  rmSync(join(dataFolder, "postgres-programs"));
  const { connection } = await started({ packageFolder });
  expect(await query(connection, "select answer from kept")).toBe("yes");
});

test("a path that is too long for a socket gets a short private folder for it", async () => {
  dataFolder = join(base, "long".repeat(20), "data");
  usePrepared();
  const folder = socketFolderOf(join(dataFolder, "postgres"));
  try {
    const postgres = await started();
    expect(postgres.connection.host).toBe(folder);
    expect(await query(postgres.connection, "select answer from kept")).toBe("yes");
    await postgres.stop();

    run("chmod", "755", folder);
    expect(await startBundledPostgres({ dataFolder, deadline: PATIENCE })).toMatchObject({
      ok: false,
      failure: { reason: "folder-not-private", folder, detail: expect.stringContaining("mode 0755") },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a database of another major version is refused and left as it is", async () => {
  usePrepared();
  writeFileSync(join(cluster(), "PG_VERSION"), "17\n");
  expect(await startBundledPostgres({ dataFolder, deadline: PATIENCE })).toEqual({
    ok: false,
    failure: { reason: "other-version", folder: cluster(), found: "17", expected: "18" },
  });
});

test("something else in the place of the database is refused and left as it is", async () => {
  usePrepared();
  rmSync(join(cluster(), "PG_VERSION"));
  expect(await startBundledPostgres({ dataFolder, deadline: PATIENCE })).toEqual({
    ok: false,
    failure: { reason: "folder-foreign", folder: cluster() },
  });
  expect(existsSync(join(cluster(), "base"))).toBe(true);
});

test("a server that cannot start says so in its own words", async () => {
  usePrepared();
  writeFileSync(join(cluster(), "postgresql.conf"), "shared_buffers = plenty\n");
  expect(await startBundledPostgres({ dataFolder, deadline: PATIENCE })).toMatchObject({
    ok: false,
    failure: { reason: "start-failed", action: "start", detail: expect.stringContaining('"shared_buffers"') },
  });
});

if (isRoot)
  test("a folder that the server's user cannot pass is named", async () => {
    usePrepared();
    run("chmod", "700", base);
    expect(await startBundledPostgres({ dataFolder, deadline: PATIENCE })).toEqual({
      ok: false,
      failure: { reason: "folder-closed", folder: base, user: user.name },
    });
  });
