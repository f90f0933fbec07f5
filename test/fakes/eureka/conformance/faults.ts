import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { replicationExpiryMs, wouldHaveReplicated, type Case, type World } from "./case.ts";
import { onB } from "./peers.ts";

const outOfService = "OUT_OF_SERVICE/OUT_OF_SERVICE";

/** Does something while the first peer cannot reach the second, for longer than it tries. */
async function lost(world: World, act: () => Promise<unknown>): Promise<void> {
  await world.cutLine();
  try {
    await act();
    await sleep(replicationExpiryMs + 1500);
  } finally {
    await world.mendLine();
  }
}

/** What happens when peers cannot talk; each case has the servers to itself. */
export const faultCases: readonly Case[] = [
  {
    title: "a change made while the peer cannot be reached arrives once it can",
    async run(world) {
      await world.a.register();
      await onB(world, "UP/UNKNOWN");
      await world.cutLine();
      await world.a.putStatus("OUT_OF_SERVICE");
      await sleep(900);
      expect(await world.b.state()).toBe("UP/UNKNOWN");
      await world.mendLine();
      await onB(world, outOfService);
    },
  },
  {
    title: "a lost override leaves the peer UP; heartbeats do not heal it, a PUT on the peer does",
    async run(world) {
      await world.a.register();
      await onB(world, "UP/UNKNOWN");
      await lost(world, () => world.a.putStatus("OUT_OF_SERVICE"));
      await world.a.heartbeat();
      await wouldHaveReplicated();
      expect([await world.a.state(), await world.b.state()]).toEqual([outOfService, "UP/UNKNOWN"]);
      await world.b.putStatus("OUT_OF_SERVICE");
      expect(await world.b.state()).toBe(outOfService);
    },
  },
  {
    title: "a lost undo leaves the peer OUT_OF_SERVICE until it is done there",
    async run(world) {
      await world.a.register();
      await world.a.putStatus("OUT_OF_SERVICE");
      await onB(world, outOfService);
      await lost(world, () => world.a.deleteStatus());
      await world.a.heartbeat();
      await wouldHaveReplicated();
      expect([await world.a.state(), await world.b.state()]).toEqual(["UP/UNKNOWN", outOfService]);
      await world.b.deleteStatus();
      expect(await world.b.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "a lost cancel leaves a ghost on the peer",
    async run(world) {
      await world.a.register();
      await onB(world, "UP/UNKNOWN");
      await lost(world, () => world.a.cancel());
      await wouldHaveReplicated();
      expect([await world.a.state(), await world.b.state()]).toEqual(["none", "UP/UNKNOWN"]);
    },
  },
  {
    title: "a peer that restarts without memory learns lease and override from the next heartbeat",
    async run(world) {
      await world.a.register();
      await world.a.putStatus("OUT_OF_SERVICE");
      await onB(world, outOfService);
      await world.restartB();
      expect(await world.b.state()).toBe("none");
      await world.a.heartbeat();
      await onB(world, outOfService);
    },
  },
];
