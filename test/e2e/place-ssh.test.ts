import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, connect as connectTcp, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { centreHost, type CentreLogin } from "../../src/adapters/place/centre-host.ts";
import { compareHostKeys, hostKeysIn, hostKeyText, scanHostKey } from "../../src/adapters/place/host-key.ts";
import { inspectPlace } from "../../src/adapters/place/inspect.ts";
import { createLocalPlace } from "../../src/adapters/place/local-place.ts";
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
import { createSshPlace } from "../../src/adapters/place/ssh-place.ts";
import { createTransport } from "../../src/adapters/ssh/transport.ts";
import type { Transport } from "../../src/engine/ports.ts";
import { PASSWORD } from "./sshd-fixture/accounts.ts";
import { startSshdHost, type SshdHost } from "./sshd-fixture/sshd-host.ts";
import { until } from "./sshd-fixture/waiting.ts";

let target: SshdHost;
let transport: Transport;
let place: Place;
const cleaning: (() => void)[] = [];

beforeAll(async () => {
  target = await startSshdHost({ address: "127.0.10.21" });
  transport = createTransport();
  place = await openPlace();
});
afterAll(async () => {
  await place.close();
  await transport.close();
  for (const clean of cleaning) clean();
  target.stop();
});

const login = (changes: Partial<CentreLogin> = {}): CentreLogin => ({
  name: "centre",
  address: target.address,
  port: target.port,
  user: "plain",
  privateKey: readFileSync(target.clientKey, "utf8"),
  password: "",
  hostKey: readFileSync(join(target.dir, "host-key.pub"), "utf8"),
  ...changes,
});

async function openPlace(changes: Partial<CentreLogin> = {}, spoolRoot?: string): Promise<Place> {
  const made = await centreHost(login(changes));
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  cleaning.push(made.value.remove);
  return createSshPlace({
    name: "centre",
    ...(spoolRoot === undefined ? {} : { spoolRoot }),
    connect: (signal) => transport.connect(made.value.host, { deadline: 5, signal }),
  });
}

const home = (user = "plain"): string => join(target.dir, "home", user);
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

describe("a login", () => {
  const signIn = async (changes: Partial<CentreLogin>): Promise<string> => {
    const made = await centreHost(login(changes));
    if (!made.ok) return JSON.stringify(made.failure);
    const other = await openPlace(changes);
    const answer = await other.exec(["id", "-un"], { deadline: 10, limit: 100 });
    made.value.remove();
    await other.close();
    return answer.ok ? answer.value.stdout.toString().trim() : JSON.stringify(answer.failure);
  };

  test("works with a password, and with a key whose lines end as on Windows", async () => {
    expect(await signIn({ privateKey: "", password: PASSWORD })).toBe("plain");
    expect(await signIn({ privateKey: login().privateKey.replaceAll("\n", "\r\n").trim() })).toBe("plain");
  });

  test("works with an encrypted key and its password only", async () => {
    const file = join(target.dir, "encrypted");
    writeFileSync(file, login().privateKey, { mode: 0o600 });
    execFileSync("ssh-keygen", ["-q", "-p", "-N", PASSWORD, "-f", file]);
    const privateKey = readFileSync(file, "utf8");
    expect(await signIn({ privateKey, password: PASSWORD })).toBe("plain");
    expect(await signIn({ privateKey })).toContain("its password is missing");
    expect(await signIn({ privateKey, password: "wrong" })).toContain("its password is another one");
    expect(await signIn({ privateKey: "no key" })).toMatch(/"key-refused".*the private key cannot be read/);
  });

  test("uses no other key than the one that it was given", async () => {
    expect(await signIn({ privateKey: "" })).toContain('"login-refused"');
  });

  test("is refused where the host key has changed, also to one of another type", async () => {
    const other = join(target.dir, "other");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", other]);
    expect(await signIn({ hostKey: readFileSync(`${other}.pub`, "utf8") })).toContain('"host-key-changed"');
    execFileSync("ssh-keygen", ["-q", "-t", "ecdsa", "-N", "", "-f", `${other}-ecdsa`]);
    expect(await signIn({ hostKey: readFileSync(`${other}-ecdsa.pub`, "utf8") })).toContain('"host-key-changed"');
    expect(await signIn({ hostKey: "" })).toContain('"host-key-unknown"');
  });

  test("fails at the start of a run when nobody answers", async () => {
    const far = await openPlace({ port: 9 });
    expect(await far.start(specOf([main("true")]))).toMatchObject({
      ok: false,
      failure: { reason: "unreachable", place: "centre", detail: expect.stringContaining("Connection refused") },
    });
    await far.close();
  });
});

describe("verifying", () => {
  test("a machine's keys are those that it signs with, with the fingerprint that ssh-keygen shows", async () => {
    const scanned = await scanHostKey(target.address, target.port, 5);
    const shown = execFileSync("ssh-keygen", ["-l", "-f", join(target.dir, "host-key.pub")], { encoding: "utf8" });
    if (!scanned.ok) throw new Error(scanned.failure.detail);
    expect(scanned.value).toMatchObject([{ type: "ssh-ed25519", fingerprint: shown.split(" ")[1] }]);
    const pinned = hostKeysIn(hostKeyText(scanned.value));
    expect(compareHostKeys(pinned, scanned.value)).toBe("pinned");
    expect(hostKeysIn(login().hostKey)).toEqual(pinned);
  });

  test("a machine that does not answer is unreachable", async () => {
    expect(await scanHostKey(target.address, 9, 3)).toMatchObject({ ok: false, failure: { reason: "unreachable" } });
    expect(await scanHostKey("-oProxyCommand=id", 22, 3)).toMatchObject({
      ok: false,
      failure: { reason: "bad-value" },
    });
  });

  test("tells the clock, the user, the programs and the room for spools", async () => {
    const facts = await inspectPlace(place);
    expect(facts).toMatchObject({
      ok: true,
      value: {
        user: "plain",
        home: home(),
        missing: [],
        programs: { node: expect.stringMatching(/^v\d/) },
        spool: { folder: join(home(), ".local/state/gantry/spool"), problem: null, freeBytes: expect.any(Number) },
      },
    });
    expect(Math.abs(facts.ok ? facts.value.clockOffset : 99)).toBeLessThan(2);
    const closed = await openPlace({}, "/proc/spool");
    expect(await inspectPlace(closed)).toMatchObject({
      ok: true,
      value: { spool: { problem: expect.stringContaining("mkdir") } },
    });
    await closed.close();
  });
});

describe("a disk that is full", () => {
  let folder: string;
  beforeAll(() => {
    folder = join(target.dir, "small");
    mkdirSync(folder);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "none", folder]);
  });
  afterAll(() => void execFileSync("umount", ["-l", folder]));

  test("refuses a run at its start", async () => {
    const small = createLocalPlace({ name: "small", spoolRoot: join(folder, "spool") });
    writeFileSync(join(folder, "ballast"), Buffer.alloc(240 * 1024));
    expect(await small.start(specOf([main("true")]))).toMatchObject({
      ok: false,
      failure: { reason: "disk-full", place: "small", detail: expect.stringMatching(/: No space left on device$/) },
    });
    execFileSync("rm", [join(folder, "ballast")]);
  });

  test("in mid-run keeps what was written, and the exit record finds its room", async () => {
    const small = createLocalPlace({ name: "small", spoolRoot: join(folder, "spool") });
    const followed = await runToEnd(small, specOf([shell("yes | head -c 1000000; echo $? >&2; exit 5")]));
    expect(followed.log.length).toBeGreaterThan(100_000);
    expect(followed.log.length).toBeLessThan(256 * 1024);
    expect(endings(followed)).toEqual(["main 0: 5"]);
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
