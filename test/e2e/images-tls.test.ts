import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createProxy, type Server as Proxy } from "node:http";
import { createServer, type Server } from "node:https";
import { connect, type LookupFunction } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createImageRegistry, type ImageRegistryOptions } from "../../src/adapters/images/image-registry.ts";
import { Secret } from "../../src/domain/secret.ts";

/** A registry on https://reg.test, whose certificate is from an issuer that nobody knows. */

const folder = mkdtempSync(join(tmpdir(), "gantry-tls-"));
const digest = `sha256:${"ab".repeat(32)}`;
const challenges: Record<string, string> = {
  basic: 'Basic realm="x"',
  plainrealm: 'Bearer realm="http://auth.test/token"',
};
const logins: (string | undefined)[] = [];
const tunnels: string[] = [];
let server: Server;
let proxy: Proxy;
let port = 0;
let registry = "";

const portOf = (listening: Server | Proxy): number => {
  const address = listening.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};
const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });

beforeAll(async () => {
  const key = ["-newkey", "rsa:2048", "-nodes"];
  openssl("req", "-x509", ...key, "-days", "2", "-subj", "/CN=Some issuer", "-keyout", "ca.key", "-out", "ca.crt");
  openssl("req", ...key, "-subj", "/CN=reg.test", "-keyout", "reg.key", "-out", "reg.csr");
  writeFileSync(join(folder, "ext"), "subjectAltName=DNS:reg.test");
  const signing = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "ext"];
  openssl("x509", "-req", "-in", "reg.csr", ...signing, "-out", "reg.crt");

  const files = { key: readFileSync(join(folder, "reg.key")), cert: readFileSync(join(folder, "reg.crt")) };
  server = createServer(files, (request, response) => {
    logins.push(request.headers.authorization);
    const name = request.url?.split("/")[2] ?? "";
    const challenge = challenges[name];
    if (name === "downgrade") response.writeHead(307, { location: `http://reg.test:${port}/x` }).end();
    else if (challenge !== undefined && request.headers.authorization === undefined) {
      response.writeHead(401, { "www-authenticate": challenge }).end();
    } else response.writeHead(200, { "docker-content-digest": digest }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = portOf(server);
  registry = `reg.test:${port}`;

  proxy = createProxy((_request, response) => response.writeHead(400).end());
  proxy.on("connect", (request, socket) => {
    tunnels.push(request.url ?? "");
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));

  mkdirSync(join(folder, "certs.d", registry), { recursive: true });
  writeFileSync(join(folder, "certs.d", registry, "issuer.crt"), readFileSync(join(folder, "ca.crt")));
  writeFileSync(join(folder, "certs.d", registry, "client.cert"), "not an issuer");
});
afterAll(() => {
  server.close();
  proxy.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  logins.length = 0;
  tunnels.length = 0;
});

const here: LookupFunction = (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);

function client(options: Partial<ImageRegistryOptions> = {}) {
  return createImageRegistry({
    credentials: () => Promise.resolve({ ok: true, value: { username: "ann", password: new Secret("pa55word") } }),
    environment: {},
    lookup: here,
    certificates: join(folder, "nothing"),
    ...options,
  });
}
const known = () => ({ certificates: join(folder, "certs.d") });

test("a certificate from an unknown issuer is refused, and the failure tells where the issuer's belongs", async () => {
  expect(await client().resolveDigest(`${registry}/demo1`)).toMatchObject({
    failure: {
      reason: "registry-unreachable",
      registry,
      detail: expect.stringMatching(new RegExp(`belongs into .*/nothing/${registry}/ca\\.crt$`)),
    },
  });
  expect(logins).toEqual([]);
});

test("an issuer in Docker's certs.d is believed, and the login goes over TLS", async () => {
  expect(await client(known()).resolveDigest(`${registry}/basic`)).toEqual({ ok: true, value: digest });
  expect(logins).toContain(`Basic ${Buffer.from("ann:pa55word").toString("base64")}`);
});

test("a certificate for another name is refused also from a known issuer", async () => {
  const other = `other.test:${port}`;
  mkdirSync(join(folder, "certs.d", other), { recursive: true });
  writeFileSync(join(folder, "certs.d", other, "ca.crt"), readFileSync(join(folder, "ca.crt")));
  expect(await client(known()).resolveDigest(`${other}/demo1`)).toMatchObject({
    failure: {
      reason: "registry-unreachable",
      detail: expect.stringContaining("does not match certificate's altnames"),
    },
  });
});

test("a registry that is listed as insecure may have any certificate", async () => {
  const insecure = [registry, `other.test:${port}`];
  expect(await client({ insecure }).resolveDigest(`${registry}/basic`)).toEqual({ ok: true, value: digest });
  expect(await client({ insecure }).resolveDigest(`other.test:${port}/basic`)).toEqual({ ok: true, value: digest });
});

test("a redirect from TLS to plain HTTP is not followed", async () => {
  expect(await client(known()).resolveDigest(`${registry}/downgrade`)).toMatchObject({
    failure: {
      reason: "registry-unreachable",
      detail: `${registry} redirects from HTTPS to plain HTTP at ${registry}`,
    },
  });
});

test("a token server over plain HTTP does not see the login", async () => {
  expect(await client(known()).resolveDigest(`${registry}/plainrealm`)).toMatchObject({
    failure: {
      reason: "registry-login",
      detail: "its token server auth.test speaks plain HTTP, so the login is not sent to it",
    },
  });
});

test("the environment's proxy is used, except where NO_PROXY or loopback say otherwise", async () => {
  const environment = { HTTPS_PROXY: `127.0.0.1:${portOf(proxy)}` };
  expect((await client({ ...known(), environment }).resolveDigest(`${registry}/demo1`)).ok).toBe(true);
  expect(new Set(tunnels)).toEqual(new Set([registry]));

  tunnels.length = 0;
  const without = { ...environment, NO_PROXY: "reg.test" };
  expect((await client({ ...known(), environment: without }).resolveDigest(`${registry}/demo1`)).ok).toBe(true);
  expect((await client({ environment }).resolveDigest(`127.0.0.1:${port}/demo1`)).ok).toBe(true);
  expect(tunnels).toEqual([]);
});
