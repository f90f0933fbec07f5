import type { LookupFunction } from "node:net";
import { expect, test } from "vitest";
import { Secret } from "../../domain/secret.ts";
import { ok } from "../../domain/result.ts";
import { byName, client, digest, type Handler, json, serve, tagsServer } from "./served-registry.fixture.ts";

const login = { username: "ann", password: new Secret("pa55word") };
const basic = Buffer.from("ann:pa55word").toString("base64");
const credentials = () => Promise.resolve(ok(login));

const guarded: Handler = (request, response, path) => {
  if (request.headers.authorization === `Basic ${basic}`) tagsServer(["1.0"])(request, response, path);
  else json(response, 401, {}, { "www-authenticate": 'Basic realm="x"' });
};

test("plain HTTP on a private address that is not listed never sees the login", async () => {
  const { port, headers } = await serve(guarded);
  expect(await client({ credentials }).listTags(`reg.test:${port}/demo1`)).toEqual({
    ok: false,
    failure: {
      reason: "registry-login",
      registry: `reg.test:${port}`,
      image: `reg.test:${port}/demo1`,
      detail: "it speaks plain HTTP and is not listed as insecure, so no login is sent to it",
    },
  });
  expect(headers.map(({ authorization }) => authorization)).toEqual([undefined]);
});

test("an open registry on a private address is read over plain HTTP", async () => {
  const { port } = await serve(tagsServer(["1.0"]));
  expect((await client().listTags(`reg.test:${port}/demo1`)).ok).toBe(true);
});

test("plain HTTP on a public address is not spoken to", async () => {
  const { port, seen } = await serve(tagsServer(["1.0"]));
  let looked = 0;
  // The first answer is for the connection, the second for the question what kind of address it is.
  const twoFaced: LookupFunction = (_host, _options, callback) =>
    callback(null, [{ address: looked++ === 0 ? "127.0.0.1" : "93.184.216.34", family: 4 }]);
  expect(await client({ lookup: twoFaced }).listTags(`reg.test:${port}/demo1`)).toMatchObject({
    failure: {
      reason: "registry-unreachable",
      detail: "no TLS at the other end; a registry that speaks plain HTTP must be listed as insecure",
    },
  });
  expect(seen).toEqual([]);
});

test("a listed registry and loopback see it", async () => {
  const { host, port } = await serve(guarded);
  const insecure = [`reg.test:${port}`];
  expect((await client({ credentials, insecure }).listTags(`reg.test:${port}/demo1`)).ok).toBe(true);
  expect((await client({ credentials }).listTags(`${host}/demo1`)).ok).toBe(true);
});

test("a redirect to another host does not take the login along", async () => {
  const storage = await serve((_request, response) => response.writeHead(200).end("a manifest"));
  const { host } = await serve((request, response, path) => {
    if (request.headers.authorization === undefined || !path.includes("/manifests/")) {
      guarded(request, response, path);
    } else response.writeHead(307, { location: `http://${storage.host}/blob?signature=x` }).end();
  });
  expect(await client({ credentials }).resolveDigest(`${host}/demo1`)).toEqual(ok(digest));
  expect(storage.seen).toEqual(["HEAD /blob?signature=x", "GET /blob?signature=x"]);
  for (const { authorization } of storage.headers) expect(authorization).toBeUndefined();
});

test("a storage server that asks for a login gets none, nor does a token server that it names", async () => {
  const storage = await serve((request, response) => {
    const realm = `Bearer realm="http://${request.headers.host}/token"`;
    json(response, 401, {}, { "www-authenticate": realm });
  });
  const { host } = await serve((request, response, path) => {
    if (path.includes("/manifests/")) response.writeHead(302, { location: `http://${storage.host}/x` }).end();
    else guarded(request, response, path);
  });
  expect(await client({ credentials }).resolveDigest(`${host}/demo1`)).toMatchObject({
    failure: { reason: "registry-login" },
  });
  expect(storage.seen).toEqual(["HEAD /x"]);
  expect(storage.headers[0]?.authorization).toBeUndefined();
});

test("redirects in a circle and to other protocols end", async () => {
  const circle = await serve((_request, response, path) => {
    if (path === "/v2/") json(response, 200, {});
    else response.writeHead(302, { location: path }).end();
  });
  expect(await client().resolveDigest(`${circle.host}/demo1`)).toMatchObject({
    failure: { reason: "registry-unreachable", detail: "too many redirects" },
  });
  const file = await serve((_request, response, path) => {
    if (path === "/v2/") json(response, 200, {});
    else response.writeHead(302, { location: "file:///etc/passwd" }).end();
  });
  expect(await client().resolveDigest(`${file.host}/demo1`)).toMatchObject({
    failure: { reason: "registry-unreachable" },
  });
});

test("a registry that repeats the login cannot put it into the failure", async () => {
  const { host } = await serve((request, response) => {
    if (request.headers.authorization === undefined) guarded(request, response, "");
    else json(response, 403, { errors: [{ code: "DENIED", message: `pa55word ${request.headers.authorization}` }] });
  });
  const outcome = await client({ credentials }).listTags(`${host}/demo1`);
  expect(outcome).toMatchObject({ failure: { detail: "HTTP 403: DENIED [redacted] Basic [redacted]" } });
});

test("no login is looked up for a registry that asks for none", async () => {
  const { host } = await serve(tagsServer(["1.0"]));
  expect(
    (
      await client({ credentials: () => Promise.reject(new Error("not to be called")) }).listTags(
        `${host}/demo1`,
        byName,
      )
    ).ok,
  ).toBe(true);
});
