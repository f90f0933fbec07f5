import { execFileSync } from "node:child_process";
import { randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auths, basic, DockerRegistries, push } from "../../src/adapters/images/docker-registry.fixture.ts";

const password = "s3cret-pass";
const registries = new DockerRegistries();
const asked: string[] = [];
let server: Server | undefined;
let host = "";
let digest = "";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token as Distribution verifies it: RS256, with the issuer's certificate in `x5c`. */
function jwt(certificate: string, key: string, actions: readonly string[]): string {
  const x5c = [certificate.replace(/-----[^-]+-----|\s/g, "")];
  const now = Math.floor(Date.now() / 1000);
  const times = { exp: now + 300, nbf: now - 10, iat: now };
  const access = [{ type: "repository", name: "demo1", actions }];
  const claims = { iss: "test", aud: "reg", sub: "", ...times, jti: randomUUID(), access };
  const text = `${part({ typ: "JWT", alg: "RS256", x5c })}.${part(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

/** Knows ann's password and the identity token `refresh-me`; everybody else may do nothing. */
function tokenServer(certificate: string, key: string): Server {
  return createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      asked.push(`${request.method} ${request.url}`);
      const { authorization } = request.headers;
      const refresh = new URLSearchParams(body).get("refresh_token");
      const known = authorization === basic("ann", password) || refresh === "refresh-me";
      const anonymous = authorization === undefined && refresh === null;
      if (known || anonymous) response.end(JSON.stringify({ token: jwt(certificate, key, known ? ["pull"] : []) }));
      else response.writeHead(401).end(JSON.stringify({ details: "incorrect username or password" }));
    });
  });
}

beforeAll(async () => {
  const crt = join(registries.folder, "token.crt");
  const keyFile = join(registries.folder, "token.key");
  const subject = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"];
  execFileSync("openssl", ["req", "-x509", ...subject, "-keyout", keyFile, "-out", crt], { stdio: "pipe" });
  const [certificate, key] = [readFileSync(crt, "utf8"), readFileSync(keyFile, "utf8")];

  const tokens = tokenServer(certificate, key);
  server = tokens;
  await new Promise<void>((resolve) => tokens.listen(0, "127.0.0.1", resolve));
  const address = tokens.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const settings = `service: reg, issuer: test, rootcertbundle: ${crt}`;
  host = await registries.start(`auth: {token: {realm: "http://127.0.0.1:${port}/token", ${settings}}}`);
  const authorization = `Bearer ${jwt(certificate, key, ["pull", "push"])}`;
  digest = await push(host, { name: "demo1", tags: ["1.0"], created: "2026-01-01T00:00:00Z", authorization });
});
afterAll(() => {
  server?.close();
  registries.close();
});

test("name and password buy one token for the whole list", async () => {
  asked.length = 0;
  const images = await registries.client(auths(host, "ann", password));
  expect(await images.listTags(`${host}/demo1`)).toEqual({
    ok: true,
    value: [{ name: "1.0", digest, created: new Date("2026-01-01") }],
  });
  expect(asked).toEqual(["GET /token?client_id=gantry&service=reg&scope=repository%3Ademo1%3Apull&account=ann"]);
});

test("an identity token is exchanged by POST", async () => {
  asked.length = 0;
  const images = await registries.client({ auths: { [host]: { identitytoken: "refresh-me" } } });
  expect(await images.resolveDigest(`${host}/demo1:1.0`)).toEqual({ ok: true, value: digest });
  expect(asked).toEqual(["POST /token"]);
});

test.each([
  ["password", () => auths(host, "ann", "wr0ng")],
  ["identity token", () => ({ auths: { [host]: { identitytoken: "wr0ng" } } })],
])("a wrong %s is a login failure that does not tell it", async (_what, config) => {
  const outcome = await (await registries.client(config())).listTags(`${host}/demo1`);
  expect(outcome).toMatchObject({
    failure: {
      reason: "registry-login",
      detail: expect.stringMatching(/^token server 127\.0\.0\.1:\d+: HTTP 401 incorrect username or password$/),
    },
  });
  expect(JSON.stringify(outcome)).not.toContain("wr0ng");
});

test("an anonymous token that opens nothing is a login failure", async () => {
  const images = await registries.client(undefined);
  expect(await images.listTags(`${host}/demo1`)).toMatchObject({
    failure: { reason: "registry-login", detail: "HTTP 401: UNAUTHORIZED authentication required" },
  });
});
