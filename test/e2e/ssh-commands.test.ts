import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createTransport } from "../../src/adapters/ssh/transport.ts";
import type { Become, Host } from "../../src/domain/host.ts";
import { Secret } from "../../src/domain/secret.ts";
import { unwrap } from "../../src/engine/errors.ts";
import type { Connection, Transport } from "../../src/engine/ports.ts";
import { accounts, PASSWORD } from "./sshd-fixture/accounts.ts";
import { startSshdHost, type SshdHost } from "./sshd-fixture/sshd-host.ts";
import { sshClients, until } from "./sshd-fixture/waiting.ts";

const address = "127.0.11.1";
let sshd: SshdHost;
let transport: Transport;

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
});
afterAll(() => sshd.stop());

async function connect(host: Host): Promise<Connection> {
  return unwrap(await transport.connect(host, { deadline: 10 }));
}

const root = (password?: string): Become =>
  password === undefined ? { user: "root" } : { user: "root", password: new Secret(password) };

const soon = { deadline: 10, action: "test" };

describe.each([
  ["over ssh", "ssh"],
  ["on this machine", "local"],
] as const)("a command %s", (_, kind) => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await connect(sshd.host("root", { connection: kind }));
  });

  test("gets every argument unchanged, and the noise of start files is not in its output", async () => {
    const everything = Array.from({ length: 127 }, (_unused, at) => String.fromCharCode(at + 1)).join("");
    const argv = [
      "",
      everything,
      "'",
      '"',
      "\\",
      "$HOME `id` $(id)",
      "a\nb",
      "*",
      "~",
      "-n",
      "é 界 👍",
      "!!",
      "a;b|c&d",
    ];
    const answer = unwrap(await connection.exec(["printf", String.raw`%s\0`, ...argv], soon));
    expect(answer.stdout.split("\0").slice(0, -1)).toEqual(argv);
    expect(answer).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test.each([0, 1, 2, 127, 128, 254, 255])("answers with exit code %i as a value", async (code) => {
    const answer = unwrap(await connection.exec(["sh", "-c", `echo out; echo err >&2; exit ${code}`], soon));
    expect(answer).toEqual({ exitCode: code, stdout: "out\n", stderr: "err\n" });
  });

  test("that does not exist answers as in a shell", async () => {
    const answer = unwrap(await connection.exec(["no-such-program"], soon));
    expect(answer).toMatchObject({ exitCode: 127, stderr: expect.stringContaining("not found") });
  });

  test("that is killed answers with 128 and the signal", async () => {
    expect(unwrap(await connection.exec(["sh", "-c", "kill -9 $$"], soon)).exitCode).toBe(137);
  });

  test("takes and gives 1 MB", async () => {
    const text = "0123456789 äöü\n".repeat(65_536);
    const answer = unwrap(await connection.exec(["cat"], { ...soon, stdin: text }));
    expect(answer.stdout === text).toBe(true);
  });

  test("may end without reading its input", async () => {
    const answer = unwrap(await connection.exec(["true"], { ...soon, stdin: "x".repeat(1_000_000) }));
    expect(answer).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("without input reads its end at once", async () => {
    expect(unwrap(await connection.exec(["cat"], soon)).stdout).toBe("");
  });

  test("may cut characters anywhere", async () => {
    const script = String.raw`printf '\303'; sleep 0.1; printf '\274\360\237'; sleep 0.1; printf '\221\215'`;
    expect(unwrap(await connection.exec(["sh", "-c", script], soon)).stdout).toBe("ü👍");
  });

  test("may print without end: 10 MB are kept", async () => {
    const answer = unwrap(await connection.exec(["sh", "-c", "yes | head -c 12000000"], soon));
    expect(answer.stdout.length).toBe(10 * 1024 * 1024 + "\n[output cut after 10 MB]\n".length);
  });

  test("may leave a process behind that holds its output open", async () => {
    const start = performance.now();
    const answer = unwrap(await connection.exec(["sh", "-c", "echo started; sleep 5 & exit 3"], soon));
    expect(answer).toMatchObject({ exitCode: 3, stdout: "started\n" });
    expect(performance.now() - start).toBeLessThan(3000);
    await connection.exec(["pkill", "-f", "^sleep 5$"], soon);
  });

  test("is ended at its deadline, with all its children", async () => {
    const start = performance.now();
    const argv = ["sh", "-c", "sleep 4711 & sleep 4712; true"];
    expect(await connection.exec(argv, { deadline: 0.8, action: "docker pull" })).toEqual({
      ok: false,
      failure: { reason: "deadline", host: `host-${address}`, action: "docker pull", seconds: 0.8 },
    });
    expect(performance.now() - start).toBeLessThan(1200);
    const left = async (): Promise<boolean> =>
      unwrap(await connection.exec(["pgrep", "-f", "^sleep 471"], soon)).stdout === "";
    await until(left, 2000);
  });

  test("that ignores SIGTERM is killed", async () => {
    const argv = ["sh", "-c", "trap '' TERM; while :; do sleep 0.4713; done"];
    expect(await connection.exec(argv, { deadline: 0.5, action: "x" })).toMatchObject({ ok: false });
    const gone = async (): Promise<boolean> =>
      unwrap(await connection.exec(["pgrep", "-f", "^(sleep 0.4713|sh -c trap)"], soon)).stdout === "";
    await until(gone, 5000);
  });

  test("can be aborted", async () => {
    const signal = AbortSignal.timeout(300);
    const answer = await connection.exec(["sleep", "4714"], { ...soon, signal });
    expect(answer).toEqual({ ok: false, failure: { reason: "aborted", host: `host-${address}` } });
    expect(await connection.exec(["true"], { ...soon, signal })).toMatchObject({ failure: { reason: "aborted" } });
  });

  test("runs together with 20 others", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_unused, at) => connection.exec(["echo", String(at)], soon)),
    );
    expect(answers.map((answer) => unwrap(answer).stdout)).toEqual(
      Array.from({ length: 20 }, (_unused, at) => `${at}\n`),
    );
  });

  test("fails as connection-lost on a closed connection", async () => {
    const running = connection.exec(["sleep", "4715"], soon);
    await connection.exec(["true"], soon);
    await connection.close();
    await connection.close();
    expect(await running).toMatchObject({ ok: false, failure: { reason: "connection-lost" } });
    expect(await connection.exec(["true"], soon)).toMatchObject({ ok: false, failure: { reason: "connection-lost" } });
  });
});

describe("becoming another user", () => {
  const id = ["sh", "-c", "id -un; cat"];

  test("works where sudo asks for nothing, whether or not a password is known", async () => {
    for (const become of [root(), root(PASSWORD)]) {
      const connection = await connect(sshd.host("deploy", { become }));
      expect(unwrap(await connection.exec(id, { ...soon, stdin: "in\n" }))).toEqual({
        exitCode: 0,
        stdout: "root\nin\n",
        stderr: "",
      });
    }
  });

  test("gives the password to sudo only, never to the program", async () => {
    const connection = await connect(sshd.host("asker", { become: root(PASSWORD) }));
    for (const stdin of ["in\n", ""]) {
      const answer = unwrap(await connection.exec(id, { ...soon, stdin }));
      expect(answer).toEqual({ exitCode: 0, stdout: `root\n${stdin}`, stderr: "" });
    }
    const commands = unwrap(await connection.exec(["ps", "-eo", "args"], soon)).stdout;
    expect(commands).toContain("sudo");
    expect(commands).not.toContain("sesame");
  });

  test("is refused with a wrong password after one try", async () => {
    const connection = await connect(sshd.host("asker", { become: root("wrong password") }));
    const refused = await connection.exec(id, soon);
    expect(refused).toMatchObject({ ok: false, failure: { reason: "become-refused", user: "root" } });
    expect(JSON.stringify(refused)).not.toContain("wrong password");
  });

  test("is refused without the password that sudo wants, and without permission", async () => {
    const asker = await connect(sshd.host("asker", { become: root() }));
    expect(await asker.exec(id, soon)).toMatchObject({
      failure: { reason: "become-refused", detail: expect.stringContaining("a password is required") },
    });
    const plain = await connect(sshd.host("plain", { become: root(PASSWORD) }));
    expect(await plain.exec(id, soon)).toMatchObject({
      failure: { reason: "become-refused", detail: expect.stringContaining("not in the sudoers file") },
    });
  });

  test("is refused where there is no sudo", async () => {
    const bare = await startSshdHost({
      address: "127.0.11.2",
      config: [`SetEnv PATH=${sshd.withoutPrograms("sudo")}`],
    });
    onTestFinished(() => bare.stop());
    const connection = await connect(bare.host("deploy", { become: root() }));
    expect(await connection.exec(id, soon)).toMatchObject({
      failure: { reason: "become-refused", detail: expect.stringContaining("sudo: not found") },
    });
  });

  test("needs no sudo for the user who is logged in anyway", async () => {
    const connection = await connect(sshd.host("root", { become: root("whatever") }));
    expect(unwrap(await connection.exec(id, soon)).stdout).toBe("root\n");
  });

  test("ends the other user's processes at the deadline", async () => {
    const connection = await connect(sshd.host("asker", { become: root(PASSWORD) }));
    expect(await connection.exec(["sleep", "4716"], { deadline: 1, action: "x" })).toMatchObject({
      failure: { reason: "deadline" },
    });
    await until(() => !sshd.processes().some((line) => line.includes("sleep 4716")), 3000);
  });

  test("takes that user's home", async () => {
    const connection = await connect(sshd.host("deploy", { become: { user: "asker" } }));
    expect(unwrap(await connection.exec(["sh", "-c", 'echo "$(id -u) $HOME"'], soon)).stdout).toBe(
      `${accounts.asker} ${sshd.dir}/home/asker\n`,
    );
  });
});

describe("trouble in the middle", () => {
  test("a host that hangs: the command is given up at its deadline", async () => {
    const connection = await connect(sshd.host("plain"));
    sshd.signalSessions("SIGSTOP");
    const start = performance.now();
    expect(await connection.exec(["true"], { deadline: 1, action: "x" })).toMatchObject({
      failure: { reason: "deadline", seconds: 1 },
    });
    expect(performance.now() - start).toBeLessThan(1300);
    const closing = performance.now();
    await connection.close();
    expect(performance.now() - closing).toBeLessThan(2000);
    sshd.signalSessions("SIGCONT");
  });

  test("a connection that breaks: what runs and what comes later fails as connection-lost", async () => {
    const connection = await connect(sshd.host("plain"));
    const running = connection.exec(["sleep", "4717"], soon);
    await connection.exec(["true"], soon);
    sshd.signalSessions("SIGKILL");
    expect(await running).toMatchObject({ failure: { reason: "connection-lost" } });
    const late = await connection.exec(["true"], soon);
    expect(late).toMatchObject({ failure: { reason: "connection-lost", host: `host-${address}` } });
    expect(await connection.openDockerSocket()).toMatchObject({ failure: { reason: "connection-lost" } });
    expect(await connection.openTcp("127.0.0.1", 1)).toMatchObject({ failure: { reason: "connection-lost" } });
  });

  test("a dead network is noticed within 20 s", async () => {
    const connection = await connect(sshd.host("plain"));
    const process = connection.spawn("cat");
    sshd.signalSessions("SIGSTOP");
    const start = performance.now();
    await process.ended;
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(await connection.exec(["true"], soon)).toMatchObject({
      failure: { reason: "connection-lost", detail: expect.stringContaining("not responding") },
    });
    sshd.signalSessions("SIGCONT");
  });

  test("an sshd that allows few sessions: commands wait for each other", async () => {
    const narrow = await startSshdHost({ address: "127.0.11.3", config: ["MaxSessions 2"] });
    onTestFinished(() => narrow.stop());
    const connection = await connect(narrow.host("plain"));
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => connection.exec(["sleep", "0.1"], soon)));
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
    await connection.close();
  });
});

test("a closed connection leaves nothing in the runtime directory", async () => {
  const base = mkdtempSync("/tmp/gt-");
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const other = createTransport({ environment: { ...process.env, XDG_RUNTIME_DIR: base } });
  const connection = unwrap(await other.connect(sshd.host("plain"), { deadline: 10 }));
  const folder = join(base, readdirSync(base)[0] ?? "");
  expect(readdirSync(folder).toSorted()).toEqual(["1.ctl", "1.sock"]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  await connection.close();
  expect(readdirSync(folder)).toEqual([]);
  await other.close();
  expect(readdirSync(base)).toEqual([]);
});

describe("a resident process", () => {
  test("gives its lines as they come, takes text, and ends with its input", async () => {
    const connection = await connect(sshd.host("plain"));
    const process = connection.spawn('echo ready; while read -r word; do echo "got $word é"; done; echo bye');
    const seen: string[] = [];
    for await (const line of process.lines) {
      seen.push(line);
      if (line === "ready") process.write("one\ntwo\n");
      if (line.startsWith("got two")) void process.close();
    }
    await process.ended;
    expect(seen.slice(seen.indexOf("ready"))).toEqual(["ready", "got one é", "got two é", "bye"]);
  });

  test("that ignores the end of its input is ended within 2 s", async () => {
    const connection = await connect(sshd.host("plain"));
    const process = connection.spawn("trap '' TERM; exec sleep 4");
    await connection.exec(["true"], soon);
    const start = performance.now();
    await process.close();
    expect(performance.now() - start).toBeLessThan(2000);
    await until(() => sshd.processes().every((line) => !line.includes("sleep 4")), 5000);
  });
});
