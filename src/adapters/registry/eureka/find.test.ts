import { describe, expect, test } from "vitest";
import {
  eventually,
  found,
  id,
  match,
  never,
  register,
  registryOf,
  startOne,
  startPair,
  startReplicated,
} from "./eureka-pair.fixture.ts";

describe("finding", () => {
  test("names the one instance of the container and what each peer says of it", async () => {
    const { a, b, registry } = await startReplicated();
    expect(await found(registry)).toEqual({
      host: "lab1",
      id,
      hostname: "web1",
      address: "10.0.0.1",
      port: 8080,
      status: "UP",
      peers: [a, b].map(({ url }) => ({ peer: url.replace("/eureka", ""), shows: "UP" })),
    });
    expect([...a.calls, ...b.calls].filter((call) => /status|DELETE/.test(call))).toEqual([]);
  });

  test("tells that peers disagree on the status", async () => {
    const { a, b, registry } = await startReplicated();
    b.faults.dropReplications = Infinity;
    b.registry.override("DEMO1", id, "OUT_OF_SERVICE", 0, true);
    expect((await found(registry)).peers).toEqual([
      { peer: a.url.replace("/eureka", ""), shows: "UP" },
      { peer: b.url.replace("/eureka", ""), shows: "OUT_OF_SERVICE", override: "OUT_OF_SERVICE" },
    ]);
  });

  test("does not go on when a peer lacks the instance, but waits for it to learn of it", async () => {
    const [a, b] = await startPair();
    a.faults.dropReplications = Infinity;
    await register(a);
    const registry = registryOf([a, b]);
    expect(await registry.find(match, 0.2, never)).toMatchObject({
      failure: { reason: "peers-disagree", instance: id, peers: [{ shows: "UP" }, { shows: "absent" }] },
    });
    const patient = registry.find(match, 3, never);
    await register(b);
    expect(await patient).toMatchObject({ ok: true });
  });

  test("tells every instance seen and why it does not fit", async () => {
    const eureka = await startOne();
    await register(eureka, { id: "web2:demo1:8080", hostname: "web2", address: "10.0.0.2" });
    expect(await registryOf([eureka]).find(match, 0, never)).toMatchObject({
      failure: {
        reason: "instance-not-found",
        host: "lab1",
        app: "demo1",
        seen: [{ id: "web2:demo1:8080", mismatch: "other-address" }],
      },
    });
  });

  test("stops when several fit, and when the lease is another host's", async () => {
    const eureka = await startOne();
    await register(eureka, { address: "10.0.0.2" });
    const registry = registryOf([eureka]);
    expect(await registry.find(match, 5, never)).toMatchObject({
      failure: { reason: "instance-of-other-host", instance: id, address: "10.0.0.2", expected: ["10.0.0.1"] },
    });
    await register(eureka, { id: "web1:demo1:a" });
    await register(eureka, { id: "web1:demo1:b" });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await registry.find(match, 5, never)).toMatchObject({ failure: { reason: "instance-ambiguous" } });
  });

  test("does not take an instance that only a cached answer still shows", async () => {
    const eureka = await startOne({ cacheMs: 60_000 });
    await register(eureka);
    const registry = registryOf([eureka]);
    await found(registry);
    eureka.registry.cancel("DEMO1", id, true);
    expect(await registry.find(match, 0, never)).toMatchObject({
      failure: { reason: "instance-not-found", seen: [{ id, mismatch: "gone" }] },
    });
  });

  test("finds by a likely id what cached answers do not show yet", async () => {
    const eureka = await startOne({ cacheMs: 60_000 });
    const registry = registryOf([eureka]);
    await register(eureka, { id: "web2:demo1:8080", hostname: "web2", address: "10.0.0.2" });
    expect(await registry.find(match, 0, never)).toMatchObject({ ok: false });
    await register(eureka);
    expect(await registry.find(match, 0, never)).toMatchObject({ ok: true });
  });

  test("an abort ends the patience", async () => {
    const eureka = await startOne();
    const abort = new AbortController();
    const finding = registryOf([eureka]).find(match, 60, abort.signal);
    await eventually(() => eureka.calls.length > 4);
    abort.abort();
    expect(await finding).toEqual({ ok: false, failure: { reason: "aborted", host: "lab1" } });
  });
});
