import { expect } from "vitest";
import { outOfService, untilReplicated, wouldHaveReplicated, type Case, type World } from "./case.ts";
import { at, notForwarded, settled, word } from "./client.ts";

/** Waits for a state on the second peer. */
export async function onB({ b }: World, state: string): Promise<void> {
  expect(await settled(() => b.state(), state, untilReplicated)).toBe(state);
}

async function registeredOnBoth(world: World): Promise<void> {
  await world.a.register();
  await onB(world, "UP/UNKNOWN");
}

/** What one peer tells the other, and what it does not. */
export const peerCases: readonly Case[] = [
  {
    title: "a registration and its metadata reach the peer",
    async run(world) {
      await world.a.register({ metadata: { deployid: "d1" } });
      await onB(world, "UP/UNKNOWN");
      expect((await world.b.live())?.["metadata"]).toEqual({ deployid: "d1" });
    },
  },
  {
    title: "an override and its undo by DELETE status?value=UP reach the peer",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.putStatus("OUT_OF_SERVICE");
      await onB(world, outOfService);
      await world.a.deleteStatus();
      await onB(world, "UP/UNKNOWN");
    },
  },
  {
    title: "changes on the second peer reach the first",
    async run(world) {
      await registeredOnBoth(world);
      await world.b.putStatus("OUT_OF_SERVICE");
      expect(await settled(() => world.a.state(), outOfService, untilReplicated)).toBe(outOfService);
    },
  },
  {
    title: "DELETE status without a value leaves UNKNOWN on the peer as well",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.putStatus("OUT_OF_SERVICE");
      await onB(world, outOfService);
      await world.a.deleteStatus("");
      await onB(world, "UNKNOWN/UNKNOWN");
    },
  },
  {
    title: "a cancel reaches the peer and removes its override too",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.putStatus("OUT_OF_SERVICE");
      await onB(world, outOfService);
      await world.a.cancel();
      await onB(world, "none");
      await world.b.register({}, notForwarded);
      expect(await world.b.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "PUT metadata reaches the peer",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.call("PUT", `${world.a.path}/metadata?zone=z1`);
      const zone = async () => word(at(await world.b.live(), "metadata", "zone"));
      expect(await settled(zone, "z1", untilReplicated)).toBe("z1");
      expect(at(await world.b.live(), "metadata", "management.port")).toBe("8080");
    },
  },
  {
    title: "with the replication header a registration is not forwarded",
    async run({ a, b }) {
      expect((await a.register({}, notForwarded)).status).toBe(204);
      await wouldHaveReplicated();
      expect([await a.state(), await b.state()]).toEqual(["UP/UNKNOWN", "none"]);
    },
  },
  {
    title: "with the replication header an override is not forwarded, and heartbeats do not heal it",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.putStatus("OUT_OF_SERVICE", notForwarded);
      await wouldHaveReplicated();
      await world.a.heartbeat();
      await wouldHaveReplicated();
      expect([await world.a.state(), await world.b.state()]).toEqual([outOfService, "UP/UNKNOWN"]);
    },
  },
  {
    title: "with the replication header an undo is not forwarded",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.putStatus("OUT_OF_SERVICE");
      await onB(world, outOfService);
      await world.a.deleteStatus("?value=UP", notForwarded);
      await wouldHaveReplicated();
      expect([await world.a.state(), await world.b.state()]).toEqual(["UP/UNKNOWN", outOfService]);
    },
  },
  {
    title: "with the replication header a cancel is not forwarded: a ghost stays on the peer",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.cancel(notForwarded);
      await wouldHaveReplicated();
      expect([await world.a.state(), await world.b.state()]).toEqual(["none", "UP/UNKNOWN"]);
    },
  },
  {
    title: "a cancel where the lease is missing is not forwarded to a peer that has it",
    async run({ a, b }) {
      await b.register({}, notForwarded);
      expect((await a.cancel()).status).toBe(404);
      await wouldHaveReplicated();
      expect(await b.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "an override left on one peer hits the new instance there only",
    async run(world) {
      await registeredOnBoth(world);
      await world.b.putStatus("OUT_OF_SERVICE", notForwarded);
      await world.a.cancel(notForwarded);
      expect((await world.a.cancel()).status).toBe(404);
      await world.a.register();
      await wouldHaveReplicated();
      expect([await world.a.state(), await world.b.state()]).toEqual(["UP/UNKNOWN", outOfService]);
    },
  },
  {
    title: "a lease missing on the peer comes back with the next heartbeat, and its override with it",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.putStatus("OUT_OF_SERVICE");
      await onB(world, outOfService);
      await world.b.cancel(notForwarded);
      expect(await world.b.state()).toBe("none");
      await world.a.heartbeat();
      await onB(world, outOfService);
    },
  },
  {
    title: "a newer registration that only the peer has comes over with the next heartbeat",
    async run({ a, b }) {
      await a.register({ lastDirtyTimestamp: "1000" }, notForwarded);
      await b.register({ lastDirtyTimestamp: "2000", ipAddr: "10.0.0.2" }, notForwarded);
      expect((await a.heartbeat()).status).toBe(200);
      const address = async () => word((await a.live())?.["ipAddr"]);
      expect(await settled(address, "10.0.0.2", untilReplicated)).toBe("10.0.0.2");
    },
  },
  {
    title: "a newer registration that the peer lacks goes over with the next heartbeat",
    async run({ a, b }) {
      await a.register({ lastDirtyTimestamp: "2000", ipAddr: "10.0.0.2" }, notForwarded);
      await b.register({ lastDirtyTimestamp: "1000" }, notForwarded);
      await a.heartbeat();
      const address = async () => word((await b.live())?.["ipAddr"]);
      expect(await settled(address, "10.0.0.2", untilReplicated)).toBe("10.0.0.2");
    },
  },
  {
    title: "a live read is fresh on the written peer before it is on the other",
    async run(world) {
      await registeredOnBoth(world);
      await world.a.putStatus("OUT_OF_SERVICE");
      expect([await world.a.state(), await world.b.state()]).toEqual([outOfService, "UP/UNKNOWN"]);
      await onB(world, outOfService);
    },
  },
];
