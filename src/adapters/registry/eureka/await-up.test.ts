import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { PeerReport } from "../../../engine/registry-failure.ts";
import {
  found,
  id,
  match,
  never,
  register,
  registryOf,
  startClient,
  startOne,
  startPair,
  startReplicated,
  statusOn,
  valueOf,
} from "./eureka-pair.fixture.ts";

const hour = 3_600_000;

/** A start of this moment, with the host's clock ahead by so much. */
function startNow(hostAhead = 0) {
  return { since: new Date(), startedAt: new Date(Date.now() + hostAhead) };
}

function listening() {
  const told: (readonly PeerReport[])[] = [];
  return { told, onWaiting: (peers: readonly PeerReport[]) => void told.push(peers) };
}

describe("a start is UP", () => {
  test("when every peer shows its registration, and what each shows is told meanwhile", async () => {
    const [a, b] = await startPair({ replicationDelayMs: 400 });
    const { told, onWaiting } = listening();
    const up = registryOf([a, b]).awaitUp(match, startNow(), 5, onWaiting, never);
    await sleep(150);
    await startClient(a, { status: "STARTING" });
    await sleep(100);
    expect(statusOn(b)).toBeUndefined();
    await register(a);
    const instance = valueOf(await up);
    expect(instance).toMatchObject({ id, host: "lab1", status: "UP", peers: [{ shows: "UP" }, { shows: "UP" }] });
    expect(told[0]?.map(({ shows }) => shows)).toEqual(["absent", "absent"]);
    expect(told.map((peers) => peers.map(({ shows }) => shows))).toContainEqual(["UP", "absent"]);
  });

  test("with clocks of the peers and of the host an hour off", async () => {
    for (const [peerSkew, hostSkew] of [
      [hour, 0],
      [-hour, 0],
      [0, hour],
      [0, -hour],
      [hour, -hour],
    ] as const) {
      const eureka = await startOne({ clockSkewMs: peerSkew });
      const started = startNow(hostSkew);
      await startClient(eureka, { dirtyAt: Date.now() + hostSkew });
      const outcome = await registryOf([eureka]).awaitUp(match, started, 2, () => {}, never);
      expect(outcome, `${peerSkew} ${hostSkew}`).toMatchObject({ ok: true });
    }
  });

  test("beside the ghost of an earlier start on the same host", async () => {
    const eureka = await startOne();
    await register(eureka, { id: "web1:demo1:ghost", dirtyAt: Date.now() - 60_000 });
    await sleep(1500);
    const started = startNow();
    await startClient(eureka, { id: "web1:demo1:new" });
    expect(await registryOf([eureka]).awaitUp(match, started, 3, () => {}, never)).toMatchObject({
      value: { id: "web1:demo1:new" },
    });
  });

  test("under the id of before while cached lists are behind", async () => {
    const eureka = await startOne({ cacheMs: 60_000 });
    const registry = registryOf([eureka]);
    expect(await registry.find(match, 0, never)).toMatchObject({ ok: false });
    const started = startNow();
    const list = `${eureka.url}/apps/DEMO1`;
    await register(eureka, { id: "other:demo1:8080", hostname: "other", address: "10.0.0.7" });
    await fetch(list, { headers: { accept: "application/json" } });
    await startClient(eureka);
    const previous = { id, hostname: "web1" };
    expect(await registry.awaitUp({ ...match, previous }, started, 2, () => {}, never)).toMatchObject({ ok: true });
  });
});

describe("a start is not UP", () => {
  test("by a ghost that only looks UP, for ever under self-preservation", async () => {
    const { a, b, client, registry } = await startReplicated({ selfPreservation: true });
    await client.kill();
    await sleep(1200);
    const outcome = await registry.awaitUp(match, startNow(), 0.5, () => {}, never);
    expect([statusOn(a), statusOn(b)]).toEqual(["UP", "UP"]);
    expect(outcome).toMatchObject({
      failure: {
        reason: "instance-not-up",
        host: "lab1",
        peers: [
          { shows: "UP", old: true },
          { shows: "UP", old: true },
        ],
      },
    });
  });

  test("by an old registration that peers pass on anew", async () => {
    const eureka = await startOne();
    const started = startNow();
    await register(eureka, { dirtyAt: Date.now() - 60_000 });
    expect(await registryOf([eureka]).awaitUp(match, started, 0.4, () => {}, never)).toMatchObject({
      failure: { reason: "instance-not-up", peers: [{ shows: "UP", old: true }] },
    });
  });

  test("where it inherits somebody's override, even on one peer only", async () => {
    const { a, b, client, registry } = await startReplicated();
    valueOf(await registry.drain(await found(registry), never));
    await client.kill();
    a.registry.cancel("DEMO1", id, true);
    for (const { faults } of [a, b]) faults.dropReplications = Infinity;
    const started = startNow();
    await startClient(a);
    await register(b);
    const outcome = await registry.awaitUp(match, started, 0.6, () => {}, never);
    expect(outcome).toMatchObject({
      failure: {
        reason: "instance-not-up",
        instance: id,
        peers: [{ shows: "UP" }, { shows: "OUT_OF_SERVICE", override: "OUT_OF_SERVICE" }],
      },
    });
  });

  test("while a peer never hears of it", async () => {
    const [a, b] = await startPair();
    a.faults.dropReplications = Infinity;
    const started = startNow();
    await startClient(a);
    expect(await registryOf([a, b]).awaitUp(match, started, 0.5, () => {}, never)).toMatchObject({
      failure: { reason: "instance-not-up", peers: [{ shows: "UP" }, { shows: "absent" }] },
    });
  });

  test("when it never registers, which tells what is registered instead", async () => {
    const eureka = await startOne();
    await register(eureka, { id: "web2:demo1:8080", hostname: "web2", address: "10.0.0.2" });
    const outcome = await registryOf([eureka]).awaitUp(match, startNow(), 0.4, () => {}, never);
    expect(outcome).toMatchObject({
      failure: {
        reason: "instance-not-up",
        peers: [{ shows: "absent" }],
        seen: [{ id: "web2:demo1:8080", mismatch: "other-address" }],
      },
    });
    expect(outcome).not.toHaveProperty("failure.instance");
  });

  test("when another host takes its lease", async () => {
    const eureka = await startOne();
    const started = startNow();
    await startClient(eureka, { address: "10.0.0.2" });
    expect(await registryOf([eureka]).awaitUp(match, started, 0.4, () => {}, never)).toMatchObject({
      failure: { reason: "instance-of-other-host", instance: id, address: "10.0.0.2" },
    });
  });

  test("when it flaps, which is told apart from never", async () => {
    const eureka = await startOne();
    const started = startNow();
    await startClient(eureka);
    const up = registryOf([eureka], { stableLooks: 8 }).awaitUp(match, started, 1.5, () => {}, never);
    for (let times = 0; times < 4; times++) {
      await sleep(180);
      await register(eureka, { status: "DOWN" });
      await sleep(120);
      await register(eureka, { status: "UP" });
    }
    await register(eureka, { status: "DOWN" });
    expect(await up).toMatchObject({
      failure: { reason: "instance-flapping", instance: id, falls: expect.any(Number), peers: [{ shows: "DOWN" }] },
    });
  });

  test("when a peer dies, which names the peer and not the service", async () => {
    const { a, b, client, registry } = await startReplicated();
    await client.kill();
    valueOf(await registry.remove(await found(registry)));
    const started = startNow();
    await startClient(a);
    await sleep(150);
    await b.goDown();
    expect(await registry.awaitUp(match, started, 0.5, () => {}, never)).toMatchObject({
      failure: { reason: "peer-unreachable", peer: b.url.replace("/eureka", "") },
    });
  });

  test("after an abort", async () => {
    const eureka = await startOne();
    const abort = new AbortController();
    const up = registryOf([eureka]).awaitUp(match, startNow(), 60, () => abort.abort(), abort.signal);
    expect(await up).toEqual({ ok: false, failure: { reason: "aborted", host: "lab1" } });
  });
});
