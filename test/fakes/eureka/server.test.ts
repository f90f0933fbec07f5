import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { validInstance } from "./conformance/client.ts";
import type { EurekaOptions, SmallEureka } from "./options.ts";
import { startEureka } from "./server.ts";

const running: SmallEureka[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((eureka) => eureka.stop()));
});

async function started(options: EurekaOptions = {}): Promise<SmallEureka> {
  const eureka = await startEureka({ cacheMs: 0, evictionMs: 50, ...options });
  running.push(eureka);
  return eureka;
}

interface More {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function call(eureka: SmallEureka, method: string, path: string, more: More = {}): Promise<Response> {
  return fetch(`${eureka.url}${path}`, { method, ...more, headers: { accept: "application/json", ...more.headers } });
}

async function register(eureka: SmallEureka, fields: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const body = JSON.stringify({ instance: { ...validInstance("DEMO", "h1"), ...fields } });
  const reply = await call(eureka, "POST", "/apps/DEMO", { body, headers: { "content-type": "application/json" } });
  return reply.status;
}

describe("what the conformance suite cannot ask of the real server", () => {
  test("with a login set, calls without it answer 401", async () => {
    const eureka = await started({ auth: { user: "ops", password: "p:w" } });
    const login = { authorization: `Basic ${Buffer.from("ops:p:w").toString("base64")}` };
    expect((await call(eureka, "GET", "/apps")).status).toBe(401);
    expect((await call(eureka, "GET", "/apps", { headers: login })).status).toBe(200);
  });

  test("while warming up cached reads answer 403, live ones do not", async () => {
    const eureka = await started({ warmUpMs: 60_000 });
    await register(eureka);
    for (const path of ["/apps", "/apps/delta", "/apps/DEMO", "/vips/demo"]) {
      expect([path, (await call(eureka, "GET", path)).status]).toEqual([path, 403]);
    }
    expect((await call(eureka, "GET", "/apps/DEMO/h1")).status).toBe(200);
  });

  test("without deltas /apps/delta answers 403", async () => {
    const eureka = await started({ delta: false });
    expect((await call(eureka, "GET", "/apps/delta")).status).toBe(403);
  });

  test("below Netflix' base path /eureka/v2 alone", async () => {
    const eureka = await started({ basePath: "/eureka/v2" });
    expect((await call(eureka, "GET", "/apps")).status).toBe(200);
    expect((await fetch(new URL("/eureka/apps", eureka.url))).status).toBe(404);
  });

  test("an override that expired leaves the lease out of service, as in the reference", async () => {
    const eureka = await started();
    await register(eureka);
    await call(eureka, "PUT", "/apps/DEMO/h1/status?value=OUT_OF_SERVICE");
    eureka.registry.expireOverride("h1");
    await register(eureka);
    await call(eureka, "DELETE", "/apps/DEMO/h1/status?value=UP");
    const { instance } = eureka.registry.find("DEMO", "h1") ?? {};
    expect([instance?.status, instance?.overriddenStatus]).toEqual(["OUT_OF_SERVICE", "UNKNOWN"]);
  });

  test("under self-preservation a lease that ran out stays, without it is removed", async () => {
    const leaseInfo = { renewalIntervalInSecs: 1, durationInSecs: 1 };
    const [keeps, removes] = [await started({ selfPreservation: true }), await started()];
    for (const eureka of [keeps, removes]) await register(eureka, { leaseInfo });
    await expect.poll(() => removes.registry.applications().length, { timeout: 5000 }).toBe(0);
    expect(keeps.registry.find("DEMO", "h1")?.instance.status).toBe("UP");
  });

  test("a clock that is an hour off shows in the Date header and in timestamps", async () => {
    const eureka = await started({ clockSkewMs: 3_600_000 });
    await register(eureka);
    const response = await call(eureka, "GET", "/apps/DEMO/h1");
    const anHourOff = (time: number): boolean => Math.abs(time - Date.now() - 3_600_000) < 5000;
    expect(anHourOff(Date.parse(response.headers.get("date") ?? ""))).toBe(true);
    expect(anHourOff(eureka.registry.find("DEMO", "h1")?.registrationTimestamp ?? 0)).toBe(true);
  });
});

test("as a process it prints its URL and ends on SIGTERM", async () => {
  const main = fileURLToPath(import.meta.resolve("./main.ts"));
  const child = spawn(process.execPath, [main, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  expect((await fetch(`${String(line).trim()}/apps`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

describe("faults", () => {
  test("a call answers the status it was told, as often as told, and does nothing", async () => {
    const eureka = await started();
    await register(eureka);
    eureka.faults.add({ method: "PUT", path: /status\?value=OUT/, status: 500, times: 1 });
    expect((await call(eureka, "PUT", "/apps/DEMO/h1/status?value=OUT_OF_SERVICE")).status).toBe(500);
    expect(eureka.registry.overrides.size).toBe(0);
    expect((await call(eureka, "PUT", "/apps/DEMO/h1/status?value=OUT_OF_SERVICE")).status).toBe(200);
    expect(eureka.calls.at(-1)).toBe("PUT /eureka/apps/DEMO/h1/status?value=OUT_OF_SERVICE");
  });

  test("a slow call is answered late but properly", async () => {
    const eureka = await started();
    eureka.faults.add({ path: /apps$/, delayMs: 150 });
    const start = performance.now();
    expect((await call(eureka, "GET", "/apps")).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  test("a cut call fails without having been done, or after it was done", async () => {
    const eureka = await started();
    await register(eureka);
    eureka.faults.add({ method: "DELETE", cut: true, times: 1 });
    eureka.faults.add({ method: "DELETE", cutAfter: true, times: 1 });
    await expect(call(eureka, "DELETE", "/apps/DEMO/h1")).rejects.toThrow("fetch failed");
    expect(eureka.registry.find("DEMO", "h1")).toBeDefined();
    await expect(call(eureka, "DELETE", "/apps/DEMO/h1")).rejects.toThrow("fetch failed");
    expect(eureka.registry.find("DEMO", "h1")).toBeUndefined();
  });

  test("a server that went down refuses connections and keeps what it knew", async () => {
    const eureka = await started();
    await register(eureka);
    await eureka.goDown();
    await expect(call(eureka, "GET", "/apps/DEMO/h1")).rejects.toThrow("fetch failed");
    await eureka.comeUp();
    expect((await call(eureka, "GET", "/apps/DEMO/h1")).status).toBe(200);
  });

  test("a dropped replication never reaches the peer", async () => {
    const peer = await started();
    // The peer is known by another host name than the server's own, or it would be taken for itself.
    const eureka = await started({ replicationDelayMs: 20, peers: [peer.url.replace("127.0.0.1", "localhost")] });
    eureka.faults.dropReplications = 1;
    await register(eureka);
    await expect.poll(() => eureka.faults.dropReplications).toBe(0);
    await call(eureka, "PUT", "/apps/DEMO/h1/metadata?zone=z1");
    await expect.poll(() => peer.registry.find("DEMO", "h1")?.instance.metadata["zone"]).toBe("z1");
    expect(peer.calls).toHaveLength(1);
  });
});
