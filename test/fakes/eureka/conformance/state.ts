import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { outOfService, type Case } from "./case.ts";
import { at, settled } from "./client.ts";

const stuck = "OUT_OF_SERVICE/UNKNOWN";

/** The reference's state table: what an instance shows after what was done. */
export const stateCases: readonly Case[] = [
  {
    title:
      "after a cancel the next heartbeat answers 404, and the client's registration is UP: a cancel does not drain",
    async run({ a }) {
      await a.register();
      await a.cancel();
      expect((await a.heartbeat()).status).toBe(404);
      await a.register();
      expect(await a.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "OUT_OF_SERVICE stays over heartbeats",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      for (let beat = 0; beat < 3; beat++) expect((await a.heartbeat("?status=UP")).status).toBe(200);
      expect(await a.state()).toBe(outOfService);
    },
  },
  {
    title: "a new registration of the same id inherits OUT_OF_SERVICE",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await a.register({ ipAddr: "10.0.0.2" });
      expect(await a.state()).toBe(outOfService);
      expect((await a.live())?.["ipAddr"]).toBe("10.0.0.2");
    },
  },
  {
    title: "a cancel removes the override with the lease: the next registration is UP",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await a.cancel();
      await a.register();
      expect(await a.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "DELETE status without a value leaves UNKNOWN; heartbeats answer 404 until the client registers again, UP",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await a.deleteStatus("");
      expect(await a.state()).toBe("UNKNOWN/UNKNOWN");
      expect((await a.heartbeat()).status).toBe(404);
      await a.register();
      expect(await a.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "DELETE status?value=UP is UP at once and stays so: the best undo",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await a.deleteStatus();
      expect(await a.state()).toBe("UP/UNKNOWN");
      expect((await a.heartbeat()).status).toBe(200);
      await a.register();
      expect(await a.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "DELETE status?value=OUT_OF_SERVICE is stuck: neither registrations nor another DELETE status bring it back",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await a.deleteStatus("?value=OUT_OF_SERVICE");
      expect(await a.state()).toBe(stuck);
      await a.register();
      expect((await a.deleteStatus()).status).toBe(200);
      expect(await a.state()).toBe(stuck);
    },
  },
  {
    title: "a stuck lease is freed by DELETE of the instance: heartbeat 404, then it registers UP",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await a.deleteStatus("?value=OUT_OF_SERVICE");
      await a.cancel();
      expect((await a.heartbeat()).status).toBe(404);
      await a.register();
      expect(await a.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "a cancel of the same id in another application takes the override away and leaves the lease stuck",
    async run({ a }) {
      const other = a.as(`${a.app}-OTHER`);
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      expect((await other.cancel()).status).toBe(404); // it has no lease, yet the override goes
      await a.heartbeat();
      expect(await a.state()).toBe(outOfService); // the lease still says so
      await a.register();
      expect(await a.state()).toBe(stuck);
      expect((await a.deleteStatus()).status).toBe(200);
      expect(await a.state()).toBe(stuck);
    },
  },
  {
    title: "PUT status=UP is an override too, and hides that a client takes itself out of service",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await a.putStatus("UP");
      expect(await a.state()).toBe("UP/UP");
      await a.register({ status: "OUT_OF_SERVICE" });
      expect(await a.state()).toBe("UP/UP");
    },
  },
  {
    title: "a client's DOWN and STARTING win over any override, which comes back with its UP",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      for (const status of ["DOWN", "STARTING"]) {
        await a.register({ status });
        expect(await a.state()).toBe(`${status}/OUT_OF_SERVICE`);
      }
      await a.register();
      expect(await a.state()).toBe(outOfService);
    },
  },
  {
    title: "PUT of the status that it has already stores no override",
    async run({ a }) {
      await a.register();
      await a.putStatus("UP");
      expect(await a.state()).toBe("UP/UNKNOWN");
    },
  },
  {
    title: "the same id in another application is out of service too: overrides go by id alone",
    async run({ a }) {
      const other = a.as(`${a.app}-OTHER`);
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await other.register();
      expect(await other.state()).toBe(outOfService);
    },
  },
  {
    title: "an instance that registers OUT_OF_SERVICE cannot be brought UP by its own next registration",
    async run({ a }) {
      await a.register({ status: "OUT_OF_SERVICE" });
      await a.register({ status: "UP" });
      expect(await a.state()).toBe(stuck);
    },
  },
  {
    title: "a heartbeat with a newer lastDirtyTimestamp answers 404, with the same or an older one 200",
    async run({ a }) {
      await a.register({ lastDirtyTimestamp: "1000" });
      expect((await a.heartbeat("?lastDirtyTimestamp=1000")).status).toBe(200);
      expect((await a.heartbeat("?lastDirtyTimestamp=999")).status).toBe(200);
      expect((await a.heartbeat("?lastDirtyTimestamp=1001")).status).toBe(404);
    },
  },
  {
    title: "a registration with an older lastDirtyTimestamp changes nothing but the lease",
    async run({ a }) {
      await a.register({ lastDirtyTimestamp: "2000", ipAddr: "10.0.0.2" });
      expect((await a.register({ lastDirtyTimestamp: "1000", ipAddr: "10.0.0.1" })).status).toBe(204);
      expect(await a.live()).toMatchObject({ ipAddr: "10.0.0.2", lastDirtyTimestamp: "2000" });
    },
  },
  {
    title: "PUT status with a newer lastDirtyTimestamp moves the instance's, an older one does not",
    async run({ a }) {
      await a.register({ lastDirtyTimestamp: "2000" });
      await a.putStatus("OUT_OF_SERVICE&lastDirtyTimestamp=1000");
      expect((await a.live())?.["lastDirtyTimestamp"]).toBe("2000");
      await a.deleteStatus("?value=UP&lastDirtyTimestamp=3000");
      expect((await a.live())?.["lastDirtyTimestamp"]).toBe("3000");
    },
  },
  {
    title: "a new registration over a stale lease has a new registrationTimestamp but the old serviceUpTimestamp",
    async run({ a }) {
      await a.register();
      const before = await a.live();
      await sleep(20);
      await a.register();
      const after = await a.live();
      const time = (live: typeof before, key: string) => at(live, "leaseInfo", key) as number;
      expect(time(after, "registrationTimestamp")).toBeGreaterThan(time(before, "registrationTimestamp"));
      expect(time(after, "serviceUpTimestamp")).toBe(time(before, "serviceUpTimestamp"));
    },
  },
  {
    title: "after a heartbeat lastRenewalTimestamp lies in the future by the lease's duration",
    async run({ a }) {
      await a.register();
      await a.heartbeat();
      const ahead = (at(await a.live(), "leaseInfo", "lastRenewalTimestamp") as number) - Date.now();
      expect(ahead).toBeGreaterThan(80_000);
      expect(ahead).toBeLessThanOrEqual(90_500);
    },
  },
  {
    title: "PUT status renews the lease and moves lastUpdatedTimestamp, which a heartbeat does not",
    async run({ a }) {
      await a.register();
      const updated = async () => Number((await a.live())?.["lastUpdatedTimestamp"]);
      const before = await updated();
      await sleep(20);
      await a.heartbeat();
      expect(await updated()).toBe(before);
      await a.putStatus("OUT_OF_SERVICE");
      expect(await updated()).toBeGreaterThan(before);
      expect(at(await a.live(), "leaseInfo", "lastRenewalTimestamp")).toBeGreaterThan(Date.now() + 80_000);
    },
  },
  {
    title: "a lease without heartbeats ends after its duration, one with a heartbeat after twice that",
    async run({ a }) {
      const renewed = a.as(a.app, `${a.id}-renewed`);
      const leaseInfo = { renewalIntervalInSecs: 1, durationInSecs: 2 };
      await a.register({ leaseInfo });
      await renewed.register({ leaseInfo });
      await renewed.heartbeat();
      expect(await settled(() => a.state(), "none", 3500)).toBe("none");
      expect(await renewed.state()).toBe("UP/UNKNOWN");
      expect(await settled(() => renewed.state(), "none", 4000)).toBe("none");
    },
  },
  {
    title: "a lease that ran out is removed from the lists, and its override with it",
    async run({ a }) {
      await a.register({ leaseInfo: { renewalIntervalInSecs: 1, durationInSecs: 1 } });
      await a.putStatus("OUT_OF_SERVICE");
      expect(await settled(async () => String((await a.get(`/apps/${a.app}`)).status), "404", 9000)).toBe("404");
      await a.register();
      expect(await a.state()).toBe("UP/UNKNOWN");
    },
  },
];
