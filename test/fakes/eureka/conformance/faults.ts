import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { outOfService, replicationExpiryMs, wouldHaveReplicated, type Case, type World } from "./case.ts";
import { onB } from "./peers.ts";

/** A change that the peer never hears of; all of them are lost in one go, which spares waits. */
export interface LostCase {
  readonly title: string;
  /** While the peers can talk. */
  readonly before: (world: World) => Promise<unknown>;
  /** While they cannot, for longer than they try. */
  readonly lost: (world: World) => Promise<unknown>;
  /** Long after they can again. */
  readonly after: (world: World) => Promise<unknown>;
}

/** Loses the changes of all cases; their `after` may be run then, in any order. */
export async function lose(cases: readonly (readonly [LostCase, World])[]): Promise<void> {
  const each = (act: (lostCase: LostCase, world: World) => Promise<unknown>) =>
    Promise.all(cases.map(([lostCase, world]) => act(lostCase, world)));
  const line = cases[0]?.[1];
  await each(({ before }, world) => before(world));
  await line?.cutLine();
  try {
    await each(({ lost }, world) => lost(world));
    await sleep(replicationExpiryMs + 1500);
  } finally {
    await line?.mendLine();
  }
  await each((_, { a }) => a.heartbeat());
  await wouldHaveReplicated();
}

async function registered(world: World): Promise<void> {
  await world.a.register();
  await onB(world, "UP/UNKNOWN");
}

async function outOfServiceOnBoth(world: World): Promise<void> {
  await world.a.register();
  await world.a.putStatus("OUT_OF_SERVICE");
  await onB(world, outOfService);
}

/** What one peer did and the other never heard of. */
export const lostCases: readonly LostCase[] = [
  {
    title: "a lost override leaves the peer UP; heartbeats do not heal it, a PUT on the peer does",
    before: registered,
    lost: ({ a }) => a.putStatus("OUT_OF_SERVICE"),
    async after({ a, b }) {
      expect([await a.state(), await b.state()]).toEqual([outOfService, "UP/UNKNOWN"]);
      await b.putStatus("OUT_OF_SERVICE");
      expect(await b.state()).toBe(outOfService);
    },
  },
  {
    title: "a lost undo leaves the peer OUT_OF_SERVICE; heartbeats do not heal it, DELETE status on the peer does",
    before: outOfServiceOnBoth,
    lost: ({ a }) => a.deleteStatus(),
    async after({ a, b }) {
      expect([await a.state(), await b.state()]).toEqual(["UP/UNKNOWN", outOfService]);
      await b.deleteStatus();
      expect(await b.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "a lost cancel leaves a ghost on the peer",
    before: registered,
    lost: ({ a }) => a.cancel(),
    async after({ a, b }) {
      expect([await a.state(), await b.state()]).toEqual(["none", "UP/UNKNOWN"]);
    },
  },
  {
    title: "a new registration after a lost cancel is UP on the first peer and inherits the override on the other",
    before: outOfServiceOnBoth,
    lost: async ({ a }) => {
      await a.cancel();
      await a.register();
    },
    async after({ a, b }) {
      expect([await a.state(), await b.state()]).toEqual(["UP/UNKNOWN", outOfService]);
    },
  },
];

/** What happens when peers cannot talk for a while; each case has the servers to itself. */
export const faultCases: readonly Case[] = [
  {
    title: "a change made while the peer cannot be reached arrives once it can",
    async run(world) {
      await registered(world);
      await world.cutLine();
      await world.a.putStatus("OUT_OF_SERVICE");
      await sleep(900);
      expect(await world.b.state()).toBe("UP/UNKNOWN");
      await world.mendLine();
      await onB(world, outOfService);
    },
  },
  {
    title: "a peer that restarts without memory learns lease and override from the next heartbeat",
    async run(world) {
      await outOfServiceOnBoth(world);
      await world.restartB();
      expect(await world.b.state()).toBe("none");
      await world.a.heartbeat();
      await onB(world, outOfService);
    },
  },
];
