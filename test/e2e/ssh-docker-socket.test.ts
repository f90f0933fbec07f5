import http from "node:http";
import { createServer } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { chmodSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createTransport } from "../../src/adapters/ssh/transport.ts";
import type { Host } from "../../src/domain/host.ts";
import { Secret } from "../../src/domain/secret.ts";
import { unwrap } from "../../src/engine/errors.ts";
import type { Connection, Transport } from "../../src/engine/ports.ts";
import { PASSWORD, type Account } from "./sshd-fixture/accounts.ts";
import { startFakeEngine, type FakeEngine } from "./sshd-fixture/fake-engine.ts";
import { startSshdHost, type SshdHost } from "./sshd-fixture/sshd-host.ts";
import { sshClients, until } from "./sshd-fixture/waiting.ts";

const address = "127.0.12.1";
let sshd: SshdHost;
let narrow: SshdHost;
let transport: Transport;

beforeAll(async () => {
  sshd = await startSshdHost({ address });
  narrow = await startSshdHost({
    address: "127.0.12.2",
    config: ["AllowStreamLocalForwarding no", "AllowTcpForwarding no"],
  });
});
beforeEach(() => {
  transport = createTransport();
});
afterEach(async () => {
  await transport.close();
  expect(sshClients("127.0.12.")).toEqual([]);
  await until(() => sshd.processes().length + narrow.processes().length === 0, 3000);
});
afterAll(() => {
  sshd.stop();
  narrow.stop();
});

async function engine(host: SshdHost, who: "everybody" | "root"): Promise<FakeEngine> {
  chmodSync(dirname(host.engineSocket), 0o755);
  const started = await startFakeEngine(host.engineSocket, who === "everybody" ? 0o666 : 0o600);
  onTestFinished(() => started.close());
  return started;
}

async function connect(host: Host): Promise<Connection> {
  return unwrap(await transport.connect(host, { deadline: 10 }));
}

const stdioProcesses = (host: SshdHost): number =>
  host.processes().filter((line) => line.startsWith("docker system dial-stdio")).length;

function get(stream: Duplex, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.get({ createConnection: () => stream, path, headers: { host: "docker" } });
    request.on("error", reject);
    request.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve(body));
    });
  });
}

const asRoot = (user: Account): Partial<Host> =>
  user === "asker" ? { become: { user: "root", password: new Secret(PASSWORD) } } : { become: { user: "root" } };

describe("the Docker socket", () => {
  test("is forwarded, with one ping for all streams", async () => {
    const seen = await engine(sshd, "everybody");
    const connection = await connect(sshd.host("plain"));
    const streams = await Promise.all([1, 2, 3].map(() => connection.openDockerSocket()));
    const answers = await Promise.all(streams.map((stream, at) => get(unwrap(stream), `/stream-${at}`)));
    expect(answers).toEqual(["/stream-0", "/stream-1", "/stream-2"]);
    expect(seen.paths.filter((path) => path === "/_ping")).toHaveLength(1);
    expect(stdioProcesses(sshd)).toBe(0);
  });

  test.each([
    ["the server forbids forwarding", "everybody", (): Host => narrow.host("plain")],
    ["only root may use the socket", "root", (): Host => sshd.host("deploy", asRoot("deploy"))],
    ["only root may, and sudo wants a password", "root", (): Host => sshd.host("asker", asRoot("asker"))],
  ] as const)("is reached by a docker program where %s", async (_, who, host) => {
    const at = host().address === address ? sshd : narrow;
    await engine(at, who);
    const connection = await connect(host());
    const streams = await Promise.all([1, 2, 3].map(() => connection.openDockerSocket()));
    const answers = await Promise.all(streams.map((stream, index) => get(unwrap(stream), `/stream-${index}`)));
    expect(answers).toEqual(["/stream-0", "/stream-1", "/stream-2"]);
    await until(() => stdioProcesses(at) === 0, 3000);
  });

  test("serves an HTTP agent that keeps connections, both ways", async () => {
    for (const at of [sshd, narrow]) {
      await engine(at, "everybody");
      const connection = await connect(at.host("plain"));
      const agent = new http.Agent({ keepAlive: true });
      Object.assign(agent, {
        createConnection: (_options: unknown, done: (error: Error | null, stream?: Duplex) => void): void => {
          const open = async (): Promise<void> => done(null, unwrap(await connection.openDockerSocket()));
          void open();
        },
      });
      for (const path of ["/one", "/two", "/three"]) {
        const body = await new Promise<string>((resolve, reject) => {
          http
            .get({ agent, path, headers: { host: "docker" } }, (response) => {
              let text = "";
              response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
              response.on("end", () => resolve(text));
            })
            .on("error", reject);
        });
        expect(body).toBe(path);
      }
      agent.destroy();
    }
  });

  test.each([
    ["forwarded", (): SshdHost => sshd],
    ["by a docker program", (): SshdHost => narrow],
  ])("carries a large answer %s", async (_, host) => {
    await engine(host(), "everybody");
    const connection = await connect(host().host("plain"));
    const path = `/${"x".repeat(15_000)}`;
    for (let times = 0; times < 20; times += 1) {
      expect((await get(unwrap(await connection.openDockerSocket()), path)).length).toBe(15_001);
    }
  });

  test("that is forbidden to the user is docker-denied", async () => {
    await engine(sshd, "root");
    const connection = await connect(sshd.host("plain"));
    expect(await connection.openDockerSocket()).toMatchObject({ failure: { reason: "docker-denied" } });
  });

  test("behind which nobody listens is docker-down, and is found again once somebody does", async () => {
    const connection = await connect(sshd.host("plain"));
    expect(await connection.openDockerSocket()).toMatchObject({ failure: { reason: "docker-down" } });
    await engine(sshd, "everybody");
    expect(await connection.openDockerSocket()).toMatchObject({ ok: true });
  });

  test("without a docker program is docker-missing", async () => {
    const bare = await startSshdHost({
      address: "127.0.12.3",
      config: [`SetEnv PATH=${sshd.withoutPrograms("docker")}`],
    });
    onTestFinished(() => bare.stop());
    const connection = await connect(bare.host("plain"));
    expect(await connection.openDockerSocket()).toMatchObject({
      failure: { reason: "docker-missing", detail: expect.stringContaining("not found") },
    });
  });

  test("that sudo forbids is become-refused", async () => {
    await engine(sshd, "root");
    const connection = await connect(sshd.host("plain", asRoot("asker")));
    expect(await connection.openDockerSocket()).toMatchObject({ failure: { reason: "become-refused" } });
  });

  test("on this machine is where DOCKER_HOST says", async () => {
    await engine(sshd, "everybody");
    const here = createTransport({ environment: { ...process.env, DOCKER_HOST: `unix://${sshd.engineSocket}` } });
    const connection = unwrap(await here.connect(sshd.host("root", { connection: "local" }), { deadline: 5 }));
    expect(await get(unwrap(await connection.openDockerSocket()), "/here")).toBe("/here");
    await here.close();
  });
});

describe("a TCP stream", () => {
  test("is read to its end by a reader that comes late", async () => {
    const server = createServer((socket) => socket.end("x".repeat(50_000)));
    await new Promise<void>((resolve) => server.listen(2290, "127.0.12.9", resolve));
    onTestFinished(() => void server.close());
    const connection = await connect(sshd.host("plain"));
    const stream = unwrap(await connection.openTcp("127.0.12.9", 2290));
    await delay(500);
    let length = 0;
    for await (const chunk of stream) length += String(chunk).length;
    expect(length).toBe(50_000);
  });

  test.each(["ssh", "local"] as const)("reaches an address as the host sees it (%s)", async (kind) => {
    const server = http.createServer((request, response) => response.end(request.url));
    await new Promise<void>((resolve) => server.listen(0, "127.0.12.9", resolve));
    onTestFinished(() => void server.close());
    const listening = server.address();
    const port = typeof listening === "object" && listening !== null ? listening.port : 0;
    const connection = await connect(sshd.host("plain", { connection: kind }));
    expect(await get(unwrap(await connection.openTcp("127.0.12.9", port)), "/tcp")).toBe("/tcp");
  });

  test.each(["ssh", "local"] as const)("to a closed port is refused (%s)", async (kind) => {
    const connection = await connect(sshd.host("plain", { connection: kind }));
    expect(await connection.openTcp("127.0.12.9", 9)).toMatchObject({
      failure: {
        reason: "tcp-refused",
        host: `host-${address}`,
        address: "127.0.12.9",
        port: 9,
        detail: expect.stringMatching(/refused/i),
      },
    });
  });

  test("is refused where the server forbids forwarding", async () => {
    const connection = await connect(narrow.host("plain"));
    expect(await connection.openTcp("127.0.12.9", 9)).toMatchObject({
      failure: { reason: "tcp-refused", detail: expect.stringContaining("prohibited") },
    });
  });
});
