import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { centreHost, type CentreLogin } from "../../src/adapters/place/centre-host.ts";
import { compareHostKeys, hostKeysIn, hostKeyText, scanHostKey } from "../../src/adapters/place/host-key.ts";
import { inspectPlace } from "../../src/adapters/place/inspect.ts";
import { createLocalPlace } from "../../src/adapters/place/local-place.ts";
import { endings, main, runToEnd, shell, specOf } from "../../src/adapters/place/place.fixture.ts";
import { PASSWORD } from "./sshd-fixture/accounts.ts";
import { loginAt, openPlaces } from "./sshd-fixture/places.ts";
import { startSshdHost, type SshdHost } from "./sshd-fixture/sshd-host.ts";

let target: SshdHost;
const places = openPlaces();

beforeAll(async () => {
  target = await startSshdHost({ address: "127.0.10.24" });
});
afterAll(async () => {
  await places.close();
  target.stop();
});

describe("a login", () => {
  const signIn = async (changes: Partial<CentreLogin>): Promise<string> => {
    const made = await centreHost(loginAt(target, changes));
    if (!made.ok) return JSON.stringify(made.failure);
    const other = await places.open(loginAt(target, changes));
    const answer = await other.exec(["id", "-un"], { deadline: 10, limit: 100 });
    made.value.remove();
    await other.close();
    return answer.ok ? answer.value.stdout.toString().trim() : JSON.stringify(answer.failure);
  };

  test("works with a password, and with a key whose lines end as on Windows", async () => {
    expect(await signIn({ privateKey: "", password: PASSWORD })).toBe("plain");
    expect(await signIn({ privateKey: loginAt(target).privateKey.replaceAll("\n", "\r\n").trim() })).toBe("plain");
  });

  test("works with an encrypted key and its password only", async () => {
    const file = join(target.dir, "encrypted");
    writeFileSync(file, loginAt(target).privateKey, { mode: 0o600 });
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
    const far = await places.open(loginAt(target, { port: 9 }));
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
    expect(hostKeysIn(loginAt(target).hostKey)).toEqual(pinned);
  });

  test("a machine that does not answer is unreachable", async () => {
    expect(await scanHostKey(target.address, 9, 3)).toMatchObject({ ok: false, failure: { reason: "unreachable" } });
    expect(await scanHostKey("-oProxyCommand=id", 22, 3)).toMatchObject({
      ok: false,
      failure: { reason: "bad-value" },
    });
  });

  test("tells the clock, the user, the programs and the room for spools", async () => {
    const home = join(target.dir, "home", "plain");
    const facts = await inspectPlace(await places.open(loginAt(target)));
    expect(facts).toMatchObject({
      ok: true,
      value: {
        user: "plain",
        home,
        missing: [],
        programs: { node: expect.stringMatching(/^v\d/) },
        spool: { folder: join(home, ".local/state/gantry/spool"), problem: null, freeBytes: expect.any(Number) },
      },
    });
    expect(Math.abs(facts.ok ? facts.value.clockOffset : 99)).toBeLessThan(2);
    const closed = await places.open(loginAt(target), "/proc/spool");
    expect(await inspectPlace(closed)).toMatchObject({
      ok: true,
      value: { spool: { problem: expect.stringContaining("mkdir") } },
    });
    await closed.close();
  });
});

test("a folder for spools that is somebody else's is refused", async () => {
  const folder = join(target.dir, "theirs");
  mkdirSync(folder);
  execFileSync("chown", ["7003", folder]);
  const started = await createLocalPlace({ name: "here", spoolRoot: folder }).start(specOf([main("true")]));
  expect(started).toMatchObject({
    ok: false,
    failure: { reason: "folder-refused", detail: expect.stringContaining("another user") },
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
