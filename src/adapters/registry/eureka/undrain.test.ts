import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { eventually, found, id, never, overrideOn, startReplicated, statusOn, valueOf } from "./eureka-pair.fixture.ts";

describe("the undo", () => {
  test("brings the instance back UP on every peer without an override, and never by PUT", async () => {
    const { a, b, registry } = await startReplicated();
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    expect(await registry.undrain(instance, never)).toMatchObject({ ok: true });
    expect([statusOn(a), statusOn(b), overrideOn(a), overrideOn(b)]).toEqual(["UP", "UP", undefined, undefined]);
    expect([...a.calls, ...b.calls].filter((call) => /PUT.*value=UP|DELETE.*DEMO1\/[^/]+$/.test(call))).toEqual([]);
  });

  test("works where the peers lose what they tell each other", async () => {
    const { a, b, registry } = await startReplicated();
    const instance = await found(registry);
    a.faults.dropReplications = Infinity;
    b.faults.dropReplications = Infinity;
    valueOf(await registry.drain(instance, never));
    expect(await registry.undrain(instance, never)).toMatchObject({ ok: true });
    expect([statusOn(a), statusOn(b)]).toEqual(["UP", "UP"]);
  });

  test("deletes a lease that is out of service without an override, so that the client comes back", async () => {
    const { a, b, registry } = await startReplicated();
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    await sleep(150);
    for (const { registry: server } of [a, b]) server.expireOverride(id);
    expect(await registry.undrain(instance, never)).toMatchObject({ ok: true });
    expect([statusOn(a), statusOn(b), overrideOn(a), overrideOn(b)]).toEqual(["UP", "UP", undefined, undefined]);
    expect([...a.calls, ...b.calls]).toContain(`DELETE /eureka/apps/DEMO1/${id}`);
  });

  test("puts the others right when a peer is dead, and tells which is not", async () => {
    const { a, b, registry } = await startReplicated();
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    await b.goDown();
    const outcome = await registry.undrain(instance, never);
    expect(outcome).toMatchObject({
      failure: {
        reason: "undrain-unconfirmed",
        host: "lab1",
        instance: id,
        peers: [{ shows: "UP" }, { peer: b.url.replace("/eureka", ""), shows: "unreachable" }],
      },
    });
    expect(overrideOn(a)).toBeUndefined();
  });

  test("goes on when a dead peer comes back", async () => {
    const { a, b, registry } = await startReplicated();
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    await b.goDown();
    const undoing = registry.undrain(instance, never);
    await sleep(600);
    await b.comeUp();
    expect(await undoing).toMatchObject({ ok: true });
    expect([statusOn(a), statusOn(b), overrideOn(b)]).toEqual(["UP", "UP", undefined]);
  });

  test("is not done for a service that does not come back", async () => {
    const { client, registry } = await startReplicated();
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    await client.kill();
    valueOf(await registry.remove(instance));
    expect(await registry.undrain(instance, never)).toMatchObject({
      failure: { reason: "undrain-unconfirmed", peers: [{ shows: "absent" }, { shows: "absent" }] },
    });
  });
});

describe("removal", () => {
  test("deletes lease and override on every peer, so that the next start is UP", async () => {
    const { a, b, client, registry } = await startReplicated();
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    await client.kill();
    expect(await registry.remove(instance)).toMatchObject({ ok: true });
    expect([statusOn(a), statusOn(b), overrideOn(a), overrideOn(b)]).toEqual(Array(4).fill(undefined));
    expect(await registry.remove(instance)).toMatchObject({ ok: true });
  });

  test("clears an override that is left on a peer without a lease", async () => {
    const { a, b, client, registry } = await startReplicated();
    const instance = await found(registry);
    valueOf(await registry.drain(instance, never));
    await client.kill();
    a.registry.cancel("DEMO1", id, true);
    expect(overrideOn(b)).toBe("OUT_OF_SERVICE");
    expect(await registry.remove(instance)).toMatchObject({ ok: true });
    expect(overrideOn(b)).toBeUndefined();
  });

  // A client whose heartbeat is late, since the machine is busy, does not come back in time: then it is tried again.
  test("deletes again what comes back once, and tells what always comes back", { retry: 3 }, async () => {
    const { a, client, registry } = await startReplicated();
    const instance = await found(registry);
    const deletions = (): number => a.calls.filter((call) => call === `DELETE /eureka/apps/DEMO1/${id}`).length;
    expect(await registry.remove(instance)).toMatchObject({
      failure: { reason: "removal-unconfirmed", instance: id, peers: [{ shows: "UP" }, { shows: "UP" }] },
    });
    const before = deletions();
    const removing = registry.remove(instance);
    await eventually(() => deletions() > before);
    await client.kill();
    expect(await removing).toMatchObject({ ok: true });
  });

  test("names the peer that it could not delete from", async () => {
    const { a, b, client, registry } = await startReplicated();
    const instance = await found(registry);
    await client.kill();
    await b.goDown();
    expect(await registry.remove(instance)).toMatchObject({
      failure: { reason: "removal-unconfirmed", peers: [{ shows: "absent" }, { shows: "unreachable" }] },
    });
    expect(statusOn(a)).toBeUndefined();
  });
});
