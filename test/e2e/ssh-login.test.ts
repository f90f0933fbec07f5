import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createTransport } from "../../src/adapters/ssh/transport.ts";
import type { Host } from "../../src/domain/host.ts";
import { Secret } from "../../src/domain/secret.ts";
import type { Outcome } from "../../src/engine/errors.ts";
import type { Connection, Transport } from "../../src/engine/ports.ts";
import { PASSWORD } from "./sshd-fixture/accounts.ts";
import { knownHostArgs, startSshdHost, type SshdHost } from "./sshd-fixture/sshd-host.ts";
import { sshClients, until } from "./sshd-fixture/waiting.ts";

let target: SshdHost;
let jump: SshdHost;
let transport: Transport;

beforeAll(async () => {
  [target, jump] = await Promise.all([
    startSshdHost({ address: "127.0.10.1" }),
    startSshdHost({ address: "127.0.10.2" }),
  ]);
  transport = createTransport();
});
afterEach(async () => {
  await transport.close();
  expect(sshClients("127.0.10.")).toEqual([]);
  transport = createTransport();
});
afterAll(() => {
  target.stop();
  jump.stop();
});

async function whoAmI(host: Host): Promise<string> {
  const connected = await transport.connect(host, { deadline: 10 });
  if (!connected.ok) return JSON.stringify(connected.failure);
  const answer = await connected.value.exec(["id", "-un"], { deadline: 10, action: "id" });
  return answer.ok ? answer.value.stdout.trim() : JSON.stringify(answer.failure);
}

async function failure(host: Host, deadline = 10): Promise<unknown> {
  const connected: Outcome<Connection> = await transport.connect(host, { deadline });
  return connected.ok ? "connected" : connected.failure;
}

/** An ssh configuration file through which both hosts are known and our key is used. */
function configFile(text: string): readonly string[] {
  const path = join(target.dir, "ssh_config");
  writeFileSync(
    path,
    `${text}
Host *
  IdentityFile ${jump.clientKey}
  IdentityFile ${target.clientKey}
  UserKnownHostsFile ${target.knownHosts} ${jump.knownHosts}
  User plain
`,
  );
  return ["-F", path];
}

const throughJump = (args: readonly string[]): Host => ({
  name: "inner",
  connection: "ssh",
  address: target.address,
  port: target.port,
  user: "deploy",
  sshArgs: args,
});

const hostAt = (address: string, port: number): Host => ({
  name: "web-1",
  connection: "ssh",
  address,
  port,
  sshArgs: knownHostArgs("/dev/null"),
});

describe("logging in", () => {
  test("works with a key", async () => {
    expect(await whoAmI(target.host("plain"))).toBe("plain");
  });

  test("works with a password, and a full set of wrong keys does not use up the server's tries", async () => {
    const host = target.host("plain", { privateKeyFile: jump.clientKey, password: new Secret(PASSWORD) });
    expect(await whoAmI(host)).toBe("plain");
  });

  test("is refused with a wrong password, which is nowhere in the failure", async () => {
    const host = target.host("plain", { privateKeyFile: jump.clientKey, password: new Secret("topsecret") });
    const refused = await failure(host);
    expect(refused).toMatchObject({ reason: "login-refused", host: "host-127.0.10.1", user: "plain" });
    expect(JSON.stringify(refused)).not.toContain("topsecret");
  });

  test("is refused with a wrong key, and nobody is asked for a password", async () => {
    expect(await failure(target.host("plain", { privateKeyFile: jump.clientKey }))).toMatchObject({
      reason: "login-refused",
      address: "127.0.10.1",
      detail: expect.stringContaining("Permission denied (publickey"),
    });
  });

  test("is refused when the account has no shell", async () => {
    const closed = await startSshdHost({
      address: "127.0.10.3",
      config: ["ForceCommand echo 'account closed'; exit 1"],
    });
    onTestFinished(() => closed.stop());
    expect(await failure(closed.host("plain"))).toMatchObject({
      reason: "login-refused",
      detail: expect.stringContaining("account closed"),
    });
  });
});

describe("host keys", () => {
  test("an unknown host is refused, with a key as with a password", async () => {
    const unknown = { sshArgs: knownHostArgs("/dev/null") };
    expect(await failure(target.host("plain", unknown))).toMatchObject({ reason: "host-key-unknown" });
    const asked = target.host("plain", { ...unknown, password: new Secret(PASSWORD) });
    expect(await failure(asked)).toMatchObject({ reason: "host-key-unknown" });
  });

  test("a changed key is refused and named as such", async () => {
    const wrong = join(target.dir, "wrong_hosts");
    writeFileSync(wrong, `[127.0.10.1]:2222 ${readFileSync(join(jump.dir, "host-key.pub"), "utf8")}`);
    expect(await failure(target.host("plain", { sshArgs: knownHostArgs(wrong) }))).toMatchObject({
      reason: "host-key-changed",
      detail: expect.stringContaining("wrong_hosts"),
    });
  });

  test("the user's own setting to accept new hosts is honoured", async () => {
    const known = join(target.dir, "accepted");
    const sshArgs = [...knownHostArgs(known), "-o", "StrictHostKeyChecking=accept-new"];
    expect(await whoAmI(target.host("plain", { sshArgs }))).toBe("plain");
    expect(readFileSync(known, "utf8")).toContain("[127.0.10.1]:2222");
  });
});

describe("jump hosts", () => {
  test("-J in the inventory's ssh arguments", async () => {
    expect(await whoAmI(throughJump([...configFile(""), "-J", "plain@127.0.10.2:2222"]))).toBe("deploy");
  });

  test("ProxyJump in the user's configuration", async () => {
    const args = configFile("Host 127.0.10.1\n  ProxyJump 127.0.10.2:2222");
    expect(await whoAmI(throughJump(args))).toBe("deploy");
  });

  test("ProxyCommand", async () => {
    const args = configFile("");
    const command = `ProxyCommand=ssh ${args.join(" ")} -W %h:%p -p 2222 plain@127.0.10.2`;
    expect(await whoAmI(throughJump([...args, "-o", command]))).toBe("deploy");
  });

  test("the password of the host is never given to its jump host", async () => {
    const args = [...configFile(""), "-o", "ProxyCommand=ssh -F /dev/null -o UserKnownHostsFile=" + jump.knownHosts];
    const command = `${args.at(-1)} -o PubkeyAuthentication=no -W %h:%p -p 2222 plain@127.0.10.2`;
    const host = { ...throughJump([...args.slice(0, -1), command]), password: new Secret(PASSWORD) };
    expect(await failure(host)).toMatchObject({ reason: "login-refused" });
    expect(readFileSync(join(jump.dir, "sshd.log"), "utf8")).not.toContain("Accepted password");
  });

  test("a host that is down behind a jump host is unreachable, without further tries", async () => {
    const start = performance.now();
    const host = { ...throughJump([...configFile(""), "-J", "127.0.10.2:2222"]), port: 9 };
    expect(await failure(host)).toMatchObject({ reason: "host-unreachable", address: "127.0.10.1" });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe("hosts that do not answer", () => {
  const sockets = new Set<Socket>();
  let silent: Server;
  beforeAll(async () => {
    silent = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => silent.listen(2299, "127.0.10.4", resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  test("a closed port is unreachable at once", async () => {
    expect(await failure(hostAt("127.0.10.4", 9))).toEqual({
      reason: "host-unreachable",
      host: "web-1",
      address: "127.0.10.4",
      detail: "ssh: connect to host 127.0.10.4 port 9: Connection refused",
    });
  });

  test("a name that does not resolve is unreachable", async () => {
    expect(await failure(hostAt("no-such-host.invalid", 22))).toMatchObject({
      reason: "host-unreachable",
      detail: expect.stringContaining("resolve"),
    });
  });

  test("a server that says nothing is given up at the deadline", async () => {
    const start = performance.now();
    expect(await failure(hostAt("127.0.10.4", 2299), 1.5)).toMatchObject({
      reason: "host-unreachable",
      detail: "no answer within 1.5 s",
    });
    expect(performance.now() - start).toBeLessThan(1800);
  });

  test("an address whose packets vanish is given up at the deadline", async () => {
    const wrapper = join(target.dir, "ssh-in-the-void");
    writeFileSync(
      wrapper,
      `#!/bin/sh
exec unshare -n sh -c 'ip link add void type veth peer name nobody && ip link set void arp off
ip addr add 10.99.0.1/24 dev void && ip link set void up && ip link set nobody up
exec ssh "$@"' ssh "$@"
`,
      { mode: 0o755 },
    );
    const inTheVoid = createTransport({ sshProgram: wrapper });
    const start = performance.now();
    const connected = await inTheVoid.connect(hostAt("10.99.0.2", 22), { deadline: 2 });
    expect(connected).toMatchObject({ ok: false, failure: { reason: "host-unreachable", address: "10.99.0.2" } });
    expect(performance.now() - start).toBeGreaterThan(1500);
    expect(performance.now() - start).toBeLessThan(2500);
    await inTheVoid.close();
    await until(() => sshClients("10.99.0.2").length === 0, 2000);
  });

  test("a connect can be aborted", async () => {
    const connecting = transport.connect(hostAt("127.0.10.4", 2299), {
      deadline: 10,
      signal: AbortSignal.timeout(300),
    });
    expect(await connecting).toEqual({ ok: false, failure: { reason: "aborted", host: "web-1" } });
  });

  test("a missing ssh program is named", async () => {
    const other = createTransport({ sshProgram: "/nowhere/ssh" });
    expect(await other.connect(hostAt("127.0.10.4", 22), { deadline: 5 })).toMatchObject({
      ok: false,
      failure: { reason: "ssh-missing" },
    });
    await other.close();
  });
});

describe("many hosts", () => {
  test("20 connects at once to one default sshd all succeed", async () => {
    const connected = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        transport.connect(target.host("plain", { name: `web-${at}` }), { deadline: 10 }),
      ),
    );
    expect(connected.filter(({ ok }) => !ok)).toEqual([]);
    expect(readFileSync(join(target.dir, "sshd.log"), "utf8")).not.toContain("MaxStartups");
  });

  test("20 connects at once through one jump host all succeed", async () => {
    const args = configFile("Host 127.0.10.1\n  ProxyJump 127.0.10.2:2222");
    const connected = await Promise.all(
      Array.from({ length: 20 }, () => transport.connect(throughJump(args), { deadline: 20 })),
    );
    expect(connected.filter(({ ok }) => !ok)).toEqual([]);
    expect(readFileSync(join(jump.dir, "sshd.log"), "utf8")).not.toContain("MaxStartups");
  });

  test("a server that drops connections before the login is tried again", async () => {
    const picky = await startSshdHost({ address: "127.0.10.5", config: ["MaxStartups 1:60:3"] });
    onTestFinished(() => picky.stop());
    const connected = await Promise.all(
      Array.from({ length: 4 }, () => transport.connect(picky.host("plain"), { deadline: 15 })),
    );
    expect(connected.filter(({ ok }) => !ok)).toEqual([]);
  });
});
