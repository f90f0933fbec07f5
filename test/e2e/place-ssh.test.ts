import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer, connect as connectTcp, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { CentreLogin } from "../../src/adapters/place/centre-host.ts";
import {
  argvPrinter,
  endings,
  follow,
  main,
  processesOf,
  runToEnd,
  shell,
  specOf,
} from "../../src/adapters/place/place.fixture.ts";
import { PlaceLost, type Place } from "../../src/adapters/place/place.ts";
import { loginAt, openPlaces } from "./sshd-fixture/places.ts";
import { startSshdHost, type SshdHost } from "./sshd-fixture/sshd-host.ts";
import { until } from "./sshd-fixture/waiting.ts";

let target: SshdHost;
let place: Place;
const places = openPlaces();

beforeAll(async () => {
  target = await startSshdHost({ address: "127.0.10.21" });
  place = await openPlace();
});
afterAll(async () => {
  await places.close();
  target.stop();
});

const openPlace = (changes: Partial<CentreLogin> = {}, spoolRoot?: string): Promise<Place> =>
  places.open(loginAt(target, changes), spoolRoot);
const home = (): string => join(target.dir, "home", "plain");
const spool = (run: string): string => join(home(), ".local/state/gantry/spool", run);
/** Folders of a test that the user there can read. */
const shared = (): string => {
  const folder = join(target.dir, "shared");
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
};
const run = (line: string): ReturnType<typeof runToEnd> => runToEnd(place, specOf([shell(line)]));

describe("a run over SSH", () => {
  test("leaves its log, its journal and an exit record, whatever login shells print", async () => {
    const line = shell(`echo out; echo err >&2; printf '{}\\n{' >>"$GANTRY_JOURNAL"; id -un; pwd; exit 3`, {
      gantry: true,
    });
    const followed = await runToEnd(place, specOf([line, main("echo", "never")]));
    expect(followed).toMatchObject({ log: `out\nerr\nplain\n${home()}\n`, journal: "{}\n", cut: false });
    expect(endings(followed)).toEqual(["main 0: 3"]);
  });

  test("hands hostile values to the process as they are", async () => {
    const values = [
      "$(id)",
      "`id`",
      'it\'s "q"',
      "a\nb\r",
      "--x",
      "",
      "中文 \u{1f600}",
      "$HOME ~ * \\",
      "x".repeat(100_000),
    ];
    const env = { SECRET: "it's $(id)\n`x`" };
    const followed = await runToEnd(place, specOf([main(...argvPrinter(shared()), ...values)], { env }));
    expect(JSON.parse(followed.log)).toEqual(values);
    expect((await runToEnd(place, specOf([shell('printf %s "$SECRET"')], { env }))).log).toBe(env.SECRET);
  });

  test("shows no secret in arguments, here or there", async () => {
    const secret = `geheim-${process.pid}-${Date.now()}`;
    let seen = "";
    const looking = setInterval(() => (seen += execFileSync("ps", ["-eo", "args="], { encoding: "utf8" })), 20);
    const spec = specOf([shell("sleep 1; echo done")], { env: { SECRET: secret } });
    await runToEnd(place, spec);
    await place.exec(["sleep", "0.3"], { deadline: 5, limit: 10, env: { SECRET: secret } });
    clearInterval(looking);
    expect(seen).toContain("supervise");
    expect(seen).not.toContain(secret);
  });

  test("is stopped with all its processes, also those that have left the session", async () => {
    const tree = "setsid sleep 300 & (setsid sh -c 'sleep 301 & sleep 302' &) ; echo ready; sleep 303";
    for (const signal of ["TERM", "KILL"] as const) {
      const spec = specOf([shell(tree)]);
      expect(await place.start(spec)).toEqual({ ok: true, value: undefined });
      await until(() => processesOf(spool(spec.run)).length >= 6, 5000);
      expect(await place.stop(spec.run, signal)).toEqual({ ok: true, value: { left: 0 } });
      expect(processesOf(spool(spec.run))).toEqual([]);
      expect(endings(await follow(place, spec.run))).toEqual([`main 0: ${signal}`]);
    }
  });

  test("is stopped with those whose environment sudo has taken away", async () => {
    const root = await openPlace({ user: "root" }, join(target.dir, "root-spool"));
    const spec = specOf([shell("echo ready; sudo -u plain sleep 311")]);
    expect(await root.start(spec)).toEqual({ ok: true, value: undefined });
    await until(() => pidsOf("^sleep 311$").length === 1, 5000);
    expect(await root.stop(spec.run, "KILL")).toEqual({ ok: true, value: { left: 0 } });
    expect(pidsOf("sleep 311")).toEqual([]);
    await root.close();
  });

  test("is lost when its supervisor is killed, and can be removed", async () => {
    const spec = specOf([shell("echo ready; sleep 300")]);
    await place.start(spec);
    const [supervisor] = pidsOf(`supervise ${spool(spec.run)}$`);
    process.kill(supervisor ?? 0, "SIGKILL");
    expect(await follow(place, spec.run)).toMatchObject({ log: "ready\n", end: "lost" });
    expect(await place.stop(spec.run, "KILL")).toEqual({ ok: true, value: { left: 0 } });
    expect(await place.expired(-1)).toMatchObject({ ok: true, value: expect.arrayContaining([spec.run]) });
    expect(await place.remove(spec.run)).toEqual({ ok: true, value: undefined });
    expect(await follow(place, spec.run)).toMatchObject({ log: "", end: "lost" });
  });

  test("keeps its log at the limit and marks the cut", async () => {
    const followed = await runToEnd(place, specOf([shell("yes | head -c 300000; sleep 1.2")], { logLimit: 100_000 }));
    expect(followed.log).toHaveLength(100_000);
    expect(followed.cut).toBe(true);
  });

  test("comes through from a machine without base64 and awk", async () => {
    const path = target.withoutPrograms("base64", "awk", "mawk", "gawk");
    const bare = await startSshdHost({ address: "127.0.10.23", config: [`SetEnv PATH=${path}`] });
    onTestFinished(() => bare.stop());
    const old = await places.open(loginAt(bare));
    const followed = await runToEnd(old, specOf([shell("command -v base64 awk; seq 50000; kill -KILL $$")]));
    expect(followed.log).toBe(Array.from({ length: 50_000 }, (_, at) => `${at + 1}\n`).join(""));
    expect(endings(followed)).toEqual(["main 0: KILL"]);
    expect(await old.exec(["echo", "hi"], { deadline: 5, limit: 10 })).toMatchObject({
      value: { stdout: Buffer.from("hi\n") },
    });
    await old.close();
  });

  test("ten at once are followed, each to its end", async () => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, at) => run(`sleep 1; echo ${at}`)));
    expect(all.map(({ log }) => log)).toEqual(Array.from({ length: 10 }, (_, at) => `${at}\n`));
  });

  test("30 MB of log come through at more than 60 MB a minute", async () => {
    const began = performance.now();
    const followed = await run("yes 0123456789abcdef | head -c 30000000");
    const seconds = (performance.now() - began) / 1000;
    expect(followed.log).toHaveLength(30_000_000);
    expect(30 / seconds).toBeGreaterThan(1);
  });
});

describe("a connection that breaks", () => {
  test("in mid-log leaves no hole, and nothing comes twice", async () => {
    const lines = `i=0; while [ $i -lt 40 ]; do seq $((i * 5000)) $((i * 5000 + 4999)); i=$((i + 1)); sleep 0.1; done`;
    const spec = specOf([shell(lines)]);
    expect(await place.start(spec)).toMatchObject({ ok: true });
    const before = logins();
    const cutting = setInterval(() => target.signalSessions("SIGKILL"), 1300);
    const followed = await follow(place, spec.run).finally(() => clearInterval(cutting));
    const expected = Array.from({ length: 200_000 }, (_, at) => `${at}\n`).join("");
    expect(followed.log === expected).toBe(true);
    expect(endings(followed)).toEqual(["main 0: 0"]);
    expect(logins() - before).toBeGreaterThanOrEqual(2);
  });

  test("and cannot be made anew for a while is told of, and so is the end of that", async () => {
    const way = await openWay(target);
    onTestFinished(() => way.close());
    const far = await openPlace({ address: "127.0.10.22", port: way.port });
    const spec = specOf([shell("for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.5; done")]);
    expect(await far.start(spec)).toMatchObject({ ok: true });
    const told: string[] = [];
    const following = follow(far, spec.run, undefined, undefined, (state, detail) => told.push(`${state} ${detail}`));
    await delay(700);
    way.close();
    await until(() => told.length > 0, 5000);
    expect(told[0]).toMatch(/^unreachable .*Connection refused/);
    expect(await far.exec(["true"], { deadline: 5, limit: 10 })).toMatchObject({
      ok: false,
      failure: { reason: "unreachable", place: "centre" },
    });
    await way.open();
    const followed = await following;
    expect(followed).toMatchObject({ log: "1\n2\n3\n4\n5\n6\n7\n8\n" });
    expect(told.slice(1)).toEqual(["reached "]);
    await far.close();
  });

  test("while idle is made anew for the next command", async () => {
    expect(await place.exec(["true"], { deadline: 5, limit: 10 })).toMatchObject({ ok: true });
    target.signalSessions("SIGKILL");
    await delay(300);
    expect(await place.exec(["echo", "hi"], { deadline: 5, limit: 10 })).toMatchObject({ ok: true });
  });

  test("a follower does not go on in silence when the place is closed", async () => {
    const other = await openPlace();
    const spec = specOf([shell("echo ready; sleep 300")]);
    await other.start(spec);
    const following = follow(other, spec.run);
    const failing = expect(following).rejects.toThrow(PlaceLost);
    await delay(1000);
    await other.close();
    await failing;
    await place.stop(spec.run, "KILL");
  });

  test("a follower that is told to stop stops at once, and leaves nothing there", async () => {
    const spec = specOf([shell("echo ready; sleep 300")]);
    await place.start(spec);
    const stop = new AbortController();
    const following = follow(place, spec.run, undefined, stop.signal);
    await delay(1000);
    const began = performance.now();
    stop.abort();
    expect(await following).toMatchObject({ log: "ready\n", end: "not yet" });
    expect(performance.now() - began).toBeLessThan(500);
    await until(() => pidsOf("journal.ndjson").length === 0, 6000);
    await place.stop(spec.run, "KILL");
  });
});

describe("a command over SSH", () => {
  test("gets its values, and gives its bytes, as they are", async () => {
    const values = ["$(id)", "it's", "a\nb", ""];
    const printed = await place.exec([...argvPrinter(shared()), ...values], { deadline: 10, limit: 10_000 });
    expect(JSON.parse(printed.ok ? printed.value.stdout.toString() : "null")).toEqual(values);
    const bytes = await place.exec(["printf", String.raw`\377\000\n\n`], { deadline: 10, limit: 10 });
    expect(bytes).toMatchObject({ ok: true, value: { exitCode: 0, stdout: Buffer.from([255, 0, 10, 10]) } });
    const failed = await place.exec(["sh", "-c", "echo err >&2; cat; exit 4"], { deadline: 10, limit: 10 });
    expect(failed).toMatchObject({ ok: true, value: { exitCode: 4, stderr: "err\n", stdout: Buffer.alloc(0) } });
  });

  test("fails with a reason", async () => {
    const exec = (argv: readonly string[]): unknown => place.exec(argv, { deadline: 1, limit: 1000 });
    expect(await exec(["no-such-program"])).toMatchObject({ failure: { reason: "program-missing", place: "centre" } });
    expect(await exec(["yes"])).toMatchObject({ failure: { reason: "output-limit" } });
    expect(await exec(["sleep", "30"])).toMatchObject({ failure: { reason: "deadline" } });
    await until(() => pidsOf("^sleep 30$").length === 0, 6000);
  });
});

/** How many have signed in at the machine so far. */
function logins(): number {
  return readFileSync(join(target.dir, "sshd.log"), "utf8").split("Accepted publickey").length - 1;
}

/** Processes of this machine whose command line matches. */
function pidsOf(pattern: string): readonly number[] {
  return execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^ *(\d+) (.*)$/.exec(line))
    .filter((row) => row !== null && new RegExp(pattern).test(row[2] ?? ""))
    .map((row) => Number(row?.[1]));
}

/** A way to the machine that can be closed and opened again, on an address of its own. */
async function openWay(to: SshdHost): Promise<{ port: number; open(): Promise<void>; close(): void }> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const port = 2224;
  const open = async (): Promise<void> => {
    server = createServer((socket) => {
      const inner = connectTcp(to.port, to.address);
      for (const end of [socket, inner]) {
        sockets.add(end);
        end
          .on("error", () => undefined)
          .on("close", () => {
            socket.destroy();
            inner.destroy();
          });
      }
      socket.pipe(inner).pipe(socket);
    });
    await new Promise<void>((resolve) => server?.listen(port, "127.0.10.22", resolve));
  };
  await open();
  return {
    port,
    open,
    close: () => {
      server?.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
  };
}
