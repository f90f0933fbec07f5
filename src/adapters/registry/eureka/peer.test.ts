import { createServer, type RequestListener } from "node:http";
import { once } from "node:events";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { Secret } from "../../../domain/secret.ts";
import { createEurekaRegistry } from "./eureka-registry.ts";
import { found, match, never, quick, register, registryOf, startOne, startPair } from "./eureka-pair.fixture.ts";

/** Any HTTP server, as what a wrong URL leads to. */
async function serve(listener: RequestListener): Promise<{ url: string }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const bound = server.address();
  return { url: `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}` };
}

/** An adapter for exactly this URL. */
function at(url: string, login?: { user: string; password: string }) {
  const logins = login === undefined ? {} : { [url]: { user: login.user, password: new Secret(login.password) } };
  const clock = { now: () => new Date(), sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };
  return createEurekaRegistry({ appName: "demo1", urls: [url], logins }, { clock, timing: quick });
}

describe("the base path", () => {
  test("is found from the server's root, from the path itself, and under Netflix's", async () => {
    const spring = await startOne();
    const netflix = await startOne({ basePath: "/eureka/v2" });
    const root = (url: string) => new URL(url).origin;
    const bases = [root(spring.url), spring.url, root(netflix.url), netflix.url];
    const checks = await Promise.all(bases.map((url) => at(url).check()));
    expect(checks.flat().map(({ base }) => base)).toEqual([spring.url, spring.url, netflix.url, netflix.url]);
  });

  test("is looked for once, however many ask", async () => {
    const eureka = await startOne();
    await register(eureka);
    const registry = registryOf([eureka]);
    await Promise.all([1, 2, 3].map(() => found(registry)));
    expect(eureka.calls.filter((call) => call === "GET /apps" || call === "GET /eureka/apps")).toEqual([
      "GET /apps",
      "GET /eureka/apps",
    ]);
  });

  test("other programs' answers are no Eureka, however friendly", async () => {
    const page = await serve((_request, response) => response.end("<html>Welcome</html>"));
    expect(await at(page.url).find(match, 0, never)).toEqual({
      ok: false,
      failure: {
        reason: "peer-unknown",
        peer: page.url,
        tried: [page.url, `${page.url}/eureka`, `${page.url}/eureka/v2`],
        detail: "HTTP 200: not an answer of Eureka",
      },
    });
    const nothing = await serve((_request, response) => response.writeHead(404).end());
    expect(await at(nothing.url).find(match, 0, never)).toMatchObject({ failure: { reason: "peer-unknown" } });
  });

  test("is looked for again after a failure", async () => {
    const eureka = await startOne();
    await register(eureka);
    const registry = registryOf([eureka]);
    await eureka.goDown();
    expect(await registry.find(match, 0, never)).toMatchObject({ failure: { reason: "peer-unreachable" } });
    await eureka.comeUp();
    expect(await registry.find(match, 0, never)).toMatchObject({ ok: true });
  });
});

describe("a login", () => {
  const login = { user: "ops", password: "p@ss:wörd" };

  test("is sent as it is, and nothing else is taken", async () => {
    const eureka = await startOne({ auth: login });
    expect(await registryOf([eureka], {}, login).check()).toMatchObject([{ base: eureka.url }]);
    expect(await registryOf([eureka]).check()).toMatchObject([{ failure: { reason: "peer-refused", status: 401 } }]);
  });

  test("is never in a failure, even where the server repeats it", async () => {
    const echo = await serve((request, response) => {
      response.writeHead(403, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: `${request.headers.authorization} ${login.password}` }));
    });
    const registry = at(echo.url, login);
    const outcome = await registry.find(match, 0, never);
    expect(outcome).toMatchObject({
      failure: { reason: "peer-refused", status: 403, detail: "HTTP 403: Basic [redacted] [redacted]" },
    });
    const told = JSON.stringify(outcome) + inspect(registry, { depth: 9 }) + JSON.stringify(await registry.check());
    expect(told).not.toMatch(/wörd|b3Bz/);
  });
});

describe("faults", () => {
  test("a cut connection and 5xx answers are tried again, refusals are not", async () => {
    const eureka = await startOne();
    await register(eureka);
    const registry = registryOf([eureka]);
    eureka.faults.add({ cut: true, times: 1 });
    eureka.faults.add({ path: /DEMO1$/, status: 503, times: 2 });
    await found(registry);
    eureka.faults.add({ path: /DEMO1$/, status: 403 });
    const before = eureka.calls.length;
    expect(await registry.find(match, 0, never)).toMatchObject({
      failure: { reason: "peer-refused", status: 403, detail: "HTTP 403" },
    });
    expect(eureka.calls.length - before).toBe(1);
  });

  test("errors that stay are told with the server's status", async () => {
    const eureka = await startOne();
    const registry = registryOf([eureka]);
    await registry.check();
    eureka.faults.add({ status: 500 });
    expect(await registry.find(match, 0, never)).toMatchObject({ failure: { reason: "peer-refused", status: 500 } });
  });

  test("a peer that does not answer in time is told so", async () => {
    const eureka = await startOne();
    const registry = registryOf([eureka], { answer: 80 });
    eureka.faults.add({ delayMs: 1000 });
    expect(await registry.find(match, 0, never)).toMatchObject({
      failure: { reason: "peer-unreachable", detail: "no answer within 0.08 s" },
    });
  });

  test("a slow peer within the limit is waited for", async () => {
    const eureka = await startOne();
    await register(eureka);
    eureka.faults.add({ delayMs: 150 });
    await found(registryOf([eureka]));
  });

  test("TLS where there is none is named", async () => {
    const eureka = await startOne();
    expect(await at(eureka.url.replace("http:", "https:")).find(match, 0, never)).toMatchObject({
      failure: { reason: "peer-unreachable", detail: "no TLS at the other end" },
    });
  });

  test("a server that warms up is told as refusing", async () => {
    const eureka = await startOne({ warmUpMs: 60_000 });
    expect(await registryOf([eureka]).find(match, 0, never)).toMatchObject({
      failure: { reason: "peer-refused", status: 403 },
    });
  });
});

test("the check tells of each peer where it is, what it lists and how far its clock is off", async () => {
  const [a, b] = await startPair({ clockSkewMs: 3_600_000 });
  await register(a);
  await b.goDown();
  expect(await registryOf([a, b]).check()).toMatchObject([
    {
      peer: a.url.replace("/eureka", ""),
      base: a.url,
      clockAhead: expect.closeTo(3600, -1),
      instances: [{ id: "web1:demo1:8080", hostname: "web1", address: "10.0.0.1", port: 8080, status: "UP" }],
    },
    { peer: b.url.replace("/eureka", ""), failure: { reason: "peer-unreachable" }, instances: [] },
  ]);
});
