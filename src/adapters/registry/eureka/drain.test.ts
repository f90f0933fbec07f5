import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  eventually,
  found,
  id,
  never,
  overrideOn,
  registryOf,
  startClient,
  startPair,
  startReplicated,
  statusOn,
  valueOf,
} from "./eureka-pair.fixture.ts";

describe("draining", () => {
  test("takes the instance out of service on every peer by one write each, after the caches were read", async () => {
    const { a, b, registry } = await startReplicated();
    const instance = await found(registry);
    expect(await registry.drain(instance, never)).toMatchObject({ ok: true });
    expect([statusOn(a), statusOn(b)]).toEqual(["OUT_OF_SERVICE", "OUT_OF_SERVICE"]);
    for (const { calls } of [a, b]) {
      const written = calls.filter((call) => call.startsWith("PUT") && call.includes("OUT_OF_SERVICE"));
      expect(written).toHaveLength(1);
      const before = calls.slice(0, calls.indexOf(written[0] ?? ""));
      expect(before).toContain("GET /eureka/apps/delta");
      expect(before).toContain("GET /eureka/apps/DEMO1");
    }
  });

  test("does not depend on what peers tell each other", async () => {
    const { a, b, registry } = await startReplicated();
    a.faults.dropReplications = Infinity;
    b.faults.dropReplications = Infinity;
    expect(await registry.drain(await found(registry), never)).toMatchObject({ ok: true });
    expect([statusOn(a), statusOn(b)]).toEqual(["OUT_OF_SERVICE", "OUT_OF_SERVICE"]);
  });

  test("writes again where the instance comes back as UP", async () => {
    const { a, b, registry } = await startReplicated();
    b.registry.cancel("DEMO1", id, true);
    const draining = registry.drain({ ...(await found(registryOf([a]))) }, never);
    await sleep(100);
    b.faults.dropReplications = Infinity;
    await startClient(b);
    expect(await draining).toMatchObject({ ok: true });
    expect([statusOn(a), statusOn(b)]).toEqual(["OUT_OF_SERVICE", "OUT_OF_SERVICE"]);
  });

  test("is not confirmed by a peer that does not know the instance", async () => {
    const [a, b] = await startPair();
    a.faults.dropReplications = Infinity;
    await startClient(a);
    const instance = await found(registryOf([a]));
    expect(await registryOf([a, b]).drain(instance, never)).toMatchObject({
      failure: {
        reason: "drain-unconfirmed",
        host: "lab1",
        cached: false,
        peers: [{ shows: "OUT_OF_SERVICE" }, { shows: "absent" }],
      },
    });
  });

  test("changes nothing when a peer is down from the start", async () => {
    const { a, b, registry } = await startReplicated();
    const instance = await found(registry);
    await b.goDown();
    expect(await registry.drain(instance, never)).toMatchObject({
      failure: { reason: "peer-unreachable", peer: b.url.replace("/eureka", "") },
    });
    expect([statusOn(a), overrideOn(a)]).toEqual(["UP", undefined]);
  });

  test("is not confirmed when a peer dies at the write, and names it", async () => {
    const { b, registry } = await startReplicated();
    const instance = await found(registry);
    b.faults.add({ method: "PUT", path: /status/, cut: true });
    expect(await registry.drain(instance, never)).toMatchObject({
      failure: {
        reason: "drain-unconfirmed",
        peers: [{ shows: "OUT_OF_SERVICE" }, { peer: b.url.replace("/eureka", ""), shows: "unreachable" }],
      },
    });
  });

  test("tries again after a 500 and after a cut that hides a success", async () => {
    const { a, b, registry } = await startReplicated();
    const instance = await found(registry);
    a.faults.add({ method: "PUT", path: /status/, status: 500, times: 2 });
    b.faults.add({ method: "PUT", path: /status/, cutAfter: true, times: 1 });
    expect(await registry.drain(instance, never)).toMatchObject({ ok: true });
  });

  test("a write that is forbidden is told as such", async () => {
    const { a, registry } = await startReplicated();
    const instance = await found(registry);
    a.faults.add({ method: "PUT", path: /status/, status: 403 });
    expect(await registry.drain(instance, never)).toMatchObject({
      failure: { reason: "drain-unconfirmed", peers: [{ shows: "refused", detail: "HTTP 403" }, {}] },
    });
  });
});

describe("propagation", () => {
  test("is waited for until every peer's cached answers show it", async () => {
    const { registry } = await startReplicated({ cacheMs: 700 });
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    const began = Date.now();
    const seconds = valueOf(await registry.awaitPropagated(instance, never));
    expect(seconds).toBeLessThan(1.5);
    expect(Date.now() - began).toBeGreaterThanOrEqual(seconds * 1000 - 5);
    for (const url of (await found(registry)).peers.map(({ peer }) => `${peer}/eureka/apps/delta`)) {
      const answer = await fetch(url, { headers: { accept: "application/json" } });
      expect(await answer.text()).toContain("OUT_OF_SERVICE");
    }
  });

  test("sees stale caches as stale, for as long as they are", async () => {
    const { a, b, registry } = await startReplicated({ cacheMs: 60_000 });
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    const slow = registryOf([a, b], { propagation: 300 });
    expect(await slow.awaitPropagated(instance, never)).toMatchObject({
      failure: { reason: "drain-unconfirmed", cached: true, peers: [{ shows: "UP" }, { shows: "UP" }] },
    });
  });

  test("works without deltas, and without a cache", async () => {
    for (const options of [{ delta: false }, { cacheMs: 0 }]) {
      const { registry } = await startReplicated(options);
      const instance = await found(registry);
      valueOf(await registry.drain(instance, never));
      expect(await registry.awaitPropagated(instance, never)).toMatchObject({ ok: true });
    }
  });

  test("is not confirmed while a peer is dead, and goes on when it comes back", async () => {
    const { b, registry } = await startReplicated();
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    await b.goDown();
    const waiting = registry.awaitPropagated(instance, never);
    await sleep(500);
    await b.comeUp();
    expect(await waiting).toMatchObject({ ok: true });

    await b.goDown();
    const { a } = { a: instance.peers[0]?.peer ?? "" };
    const impatient = registryOf([{ url: a }, b], { propagation: 300 });
    expect(await impatient.awaitPropagated(instance, never)).toMatchObject({
      failure: { reason: "drain-unconfirmed", cached: true, peers: [{}, { shows: "unreachable" }] },
    });
  });

  test("no write is used for looking: the lease is not renewed by it", async () => {
    const { a, client, registry } = await startReplicated({ cacheMs: 700 });
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    await client.kill();
    await eventually(() => statusOn(a) === "OUT_OF_SERVICE");
    const writes = () => a.calls.filter((call) => call.startsWith("PUT") && call.includes("status")).length;
    const before = writes();
    valueOf(await registry.awaitPropagated(instance, never));
    expect(writes()).toBe(before);
  });
});
