import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { lockHost, readLock } from "../../src/adapters/ssh/host-lock.ts";
import { takeLockScript } from "../../src/adapters/ssh/lock-script.ts";
import { createTransport } from "../../src/adapters/ssh/transport.ts";
import { unwrap, type LockHolder } from "../../src/engine/errors.ts";
import type { Connection, Transport } from "../../src/engine/ports.ts";
import type { Account } from "./sshd-fixture/accounts.ts";
import { knownHostArgs, startSshdHost, type SshdHost } from "./sshd-fixture/sshd-host.ts";
import { sshClients, until } from "./sshd-fixture/waiting.ts";

const address = "127.0.13.1";
const project = `test-lock.${process.pid}`;
const file = `/tmp/.gantry.${project}.lock`;
let sshd: SshdHost;
let transport: Transport;

const holder = (run: string): LockHolder => ({
  run,
  user: "o'neill",
  machine: 'ops "1"',
  since: "2026-11-23T10:10:10Z",
});

beforeAll(async () => {
  sshd = await startSshdHost({ address });
});
beforeEach(() => {
  transport = createTransport();
});
afterEach(async () => {
  await transport.close();
  expect(sshClients(address)).toEqual([]);
  await until(() => sshd.processes().length === 0, 3000);
  for (const name of readdirSync("/tmp")) {
    if (name.startsWith(`.gantry.${project}.lock`)) rmSync(join("/tmp", name), { recursive: true });
  }
});
afterAll(() => {
  sshd.stop();
  rmSync("/tmp/.gantry.demo1.lock", { force: true });
});

async function connect(user: Account = "plain"): Promise<Connection> {
  return unwrap(await transport.connect(sshd.host(user), { deadline: 10 }));
}

describe("a host lock", () => {
  test("keeps a second holder out, who is told whose it is; released, it is free at once", async () => {
    const [first, second] = await Promise.all([connect(), connect()]);
    const lock = unwrap(await lockHost(first, project, holder("r1")));
    expect(await lockHost(second, project, holder("r2"))).toEqual({
      ok: false,
      failure: { reason: "locked", host: `host-${address}`, project, holder: holder("r1") },
    });
    await lock.release();
    await lock.release();
    expect(lock.lost.aborted).toBe(false);
    const again = unwrap(await lockHost(second, project, holder("r2")));
    expect(unwrap(await readLock(first, project))).toEqual(holder("r2"));
    await again.release();
    expect(readdirSync("/tmp").filter((name) => name.startsWith(`.gantry.${project}.lock.by`))).toEqual([]);
  });

  test("is one a project", async () => {
    const connection = await connect();
    const one = unwrap(await lockHost(connection, project, holder("r1")));
    const other = unwrap(await lockHost(connection, `${project}-b`, holder("r2")));
    rmSync(`/tmp/.gantry.${project}-b.lock`);
    await Promise.all([one.release(), other.release()]);
  });

  test.each([
    ["plain", "deploy"],
    ["root", "plain"],
    ["plain", "root"],
  ] as const)("of %s excludes %s", async (one, other) => {
    const [first, second] = await Promise.all([connect(one), connect(other)]);
    const lock = unwrap(await lockHost(first, project, holder(one)));
    expect(await lockHost(second, project, holder(other))).toMatchObject({
      failure: { reason: "locked", holder: holder(one) },
    });
    await lock.release();
    const next = unwrap(await lockHost(second, project, holder(other)));
    expect(unwrap(await readLock(first, project))).toEqual(holder(other));
    await next.release();
  });

  test("is read without keeping anybody from taking it", async () => {
    const [reader, taker] = await Promise.all([connect(), connect("deploy")]);
    expect(unwrap(await readLock(reader, project))).toBeUndefined();
    const done = new AbortController();
    const readers = [1, 2, 3].map(async () => {
      while (!done.signal.aborted) unwrap(await readLock(reader, project));
    });
    for (let times = 0; times < 10; times += 1) {
      await unwrap(await lockHost(taker, project, holder("r"))).release();
    }
    done.abort();
    await Promise.all(readers);
  });

  test("goes with the holder's connection, who learns of it", async () => {
    const [first, second] = await Promise.all([connect(), connect("deploy")]);
    const lock = unwrap(await lockHost(first, project, holder("r1")));
    sshd.signalSessions("SIGKILL");
    await until(() => lock.lost.aborted, 2000);
    await lock.release();
    await second.close();
    unwrap(await lockHost(await connect("deploy"), project, holder("r2")));
  });

  test("of a holder killed by kill -9 is free within a second or so, and nothing else is left of it", async () => {
    const client = join(import.meta.dirname, "sshd-fixture", "client.ts");
    const before = new Set(readdirSync("/tmp").filter((name) => name.startsWith("gantry-")));
    const environment = { ...process.env, XDG_RUNTIME_DIR: "" };
    const { port, clientKey, knownHosts } = sshd;
    const args = [client, address, String(port), clientKey, "4801", ...knownHostArgs(knownHosts)];
    const killed = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "inherit"],
      env: environment,
    });
    onTestFinished(() => void killed.kill("SIGKILL"));
    await new Promise((resolve) => killed.stdout.once("data", resolve));
    const watcher = await connect("deploy");
    expect(unwrap(await readLock(watcher, "demo1"))).toMatchObject({ run: "r1" });
    expect(sshd.processes().some((line) => line.includes("sleep 4801"))).toBe(true);

    killed.kill("SIGKILL");
    const start = performance.now();
    unwrap(await lockHost(watcher, "demo1", holder("r2")));
    expect(performance.now() - start).toBeLessThan(1500);
    await watcher.close();
    await until(() => sshClients(address).length === 0 && sshd.processes().length === 0, 1500);

    // Its directory is swept by the next process.
    const left = readdirSync("/tmp").filter((name) => name.startsWith("gantry-") && name.includes(`-${killed.pid}-`));
    expect(left).toHaveLength(1);
    const next = createTransport({ environment });
    unwrap(await next.connect(sshd.host("plain"), { deadline: 10 }));
    await next.close();
    const gantry = readdirSync("/tmp").filter((name) => name.includes(`-${killed.pid}-`));
    expect(gantry.filter((name) => !before.has(name))).toEqual([]);
  });

  test("survives heartbeats, and its holder's lines", { timeout: 30_000 }, async () => {
    const [first, second] = await Promise.all([connect(), connect()]);
    const lock = unwrap(await lockHost(first, project, holder("r1")));
    await delay(11_000);
    expect(lock.lost.aborted).toBe(false);
    expect(unwrap(await readLock(second, project))).toEqual(holder("r1"));
    await lock.release();
    expect(unwrap(await readLock(second, project))).toBeUndefined();
  });
});

describe("a host lock in a hostile /tmp", () => {
  test("does not follow a symbolic link", async () => {
    const victim = join(sshd.dir, "victim");
    writeFileSync(victim, "precious");
    symlinkSync(victim, file);
    const connection = await connect("root");
    expect(await lockHost(connection, project, holder("r1"))).toMatchObject({
      failure: { reason: "lock-impossible", project, detail: expect.stringContaining("symbolic link") },
    });
    expect(await readLock(connection, project)).toMatchObject({ failure: { reason: "lock-impossible" } });
    expect(readFileSync(victim, "utf8")).toBe("precious");
  });

  test("does not write through a link in the place of the holder's file", async () => {
    const victim = join(sshd.dir, "victim");
    writeFileSync(victim, "precious");
    symlinkSync(victim, `${file}.by.0`);
    const lock = unwrap(await lockHost(await connect("root"), project, holder("r1")));
    expect(readFileSync(victim, "utf8")).toBe("precious");
    expect(readFileSync(`${file}.by.0`, "utf8")).toContain("r1");
    await lock.release();
  });

  test("does not open a directory or a file that is closed to it", async () => {
    const connection = await connect("plain");
    mkdirSync(file);
    expect(await lockHost(connection, project, holder("r1"))).toMatchObject({ failure: { reason: "lock-impossible" } });
    rmSync(file, { recursive: true });
    writeFileSync(file, "", { mode: 0o600 });
    expect(await lockHost(connection, project, holder("r1"))).toMatchObject({
      failure: { reason: "lock-impossible", detail: expect.stringContaining("cannot be opened") },
    });
  });

  test("shows no control characters of a forged holder", async () => {
    const connection = await connect("root");
    const lock = unwrap(await lockHost(connection, project, holder("r1")));
    writeFileSync(`${file}.by.99999`, `${JSON.stringify({ ...holder("r9"), user: "\u001b[2Jroot\u0007" })}\n`);
    utimesSync(`${file}.by.99999`, Date.now() / 1000 + 60, Date.now() / 1000 + 60);
    expect(unwrap(await readLock(connection, project))).toMatchObject({ run: "r9", user: "[2Jroot" });
    await lock.release();
  });
});

describe("a host lock on a host with little", () => {
  test("without flock is impossible, and says so", async () => {
    const bare = await startSshdHost({
      address: "127.0.13.2",
      config: [`SetEnv PATH=${sshd.withoutPrograms("flock")}`],
    });
    onTestFinished(() => bare.stop());
    const connection = unwrap(await transport.connect(bare.host("plain"), { deadline: 10 }));
    expect(await lockHost(connection, project, holder("r1"))).toMatchObject({
      failure: { reason: "lock-impossible", detail: expect.stringContaining("flock is missing") },
    });
    await connection.close();
  });

  test("without timeout still beats and releases", async () => {
    const bare = await startSshdHost({
      address: "127.0.13.3",
      config: [`SetEnv PATH=${sshd.withoutPrograms("timeout")}`],
    });
    onTestFinished(() => bare.stop());
    const connection = unwrap(await transport.connect(bare.host("plain"), { deadline: 10 }));
    const lock = unwrap(await lockHost(connection, project, holder("r1")));
    await delay(6000);
    expect(unwrap(await readLock(connection, project))).toEqual(holder("r1"));
    expect(lock.lost.aborted).toBe(false);
    await lock.release();
    expect(unwrap(await readLock(connection, project))).toBeUndefined();
    await connection.close();
  });

  test.each([["dash"], ["bash"], ["busybox", "sh"]])("works in %s", async (...shell) => {
    const [program = "", ...args] = [...shell, "-c", takeLockScript(project, JSON.stringify(holder("r1")))];
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    const line = await new Promise<Buffer>((resolve) => child.stdout.once("data", resolve));
    expect(String(line)).toBe("gantry-lock acquired\n");
    expect(existsSync(`${file}.by.0`)).toBe(true);
    expect(await lockHost(await connect("root"), project, holder("r2"))).toMatchObject({
      failure: { reason: "locked", holder: holder("r1") },
    });
    const released = new Promise<Buffer>((resolve) => child.stdout.once("data", resolve));
    child.stdin.end();
    expect(String(await released)).toBe("gantry-lock released\n");
    expect(existsSync(`${file}.by.0`)).toBe(false);
  });
});
