import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { cacheMs, cachesRenewed, earlyInInterval, type Case } from "./case.ts";
import { at, settled, word } from "./client.ts";

const withinAnInterval = cacheMs + 1500;

/** How old answers may be. */
export const cacheCases: readonly Case[] = [
  {
    title:
      "the first-ever read of a key is fresh; a primed one is stale until the cache is renewed, the live read never",
    async run({ a }) {
      await a.register();
      expect(await a.cached()).toBe("UP");
      await earlyInInterval();
      await a.putStatus("OUT_OF_SERVICE");
      expect(await a.state()).toBe("OUT_OF_SERVICE/OUT_OF_SERVICE");
      expect(await a.cached()).toBe("UP");
      expect(await settled(() => a.cached(), "OUT_OF_SERVICE", withinAnInterval)).toBe("OUT_OF_SERVICE");
    },
  },
  {
    title: "an unprimed key is fresh where another still is stale",
    async run({ a }) {
      const vip = `/vips/${a.app.toLowerCase()}`;
      await a.register();
      await a.cached(vip);
      await earlyInInterval();
      await a.putStatus("OUT_OF_SERVICE");
      expect(await a.cached(vip)).toBe("UP");
      expect(await a.cached()).toBe("OUT_OF_SERVICE");
    },
  },
  {
    title: "JSON and XML are cached apart",
    async run({ a }) {
      await a.register();
      await a.cached();
      await earlyInInterval();
      await a.putStatus("OUT_OF_SERVICE");
      expect(await a.cached()).toBe("UP");
      const { text } = await a.get(`/apps/${a.app}`, { accept: "application/xml" });
      expect(text).toContain("<status>OUT_OF_SERVICE</status>");
    },
  },
  {
    title: "/eureka and /eureka/v2 share the cache",
    async run({ a }) {
      await a.register();
      await a.cached();
      await earlyInInterval();
      await a.putStatus("OUT_OF_SERVICE");
      expect(await a.cached(`/v2/apps/${a.app}`)).toBe("UP");
    },
  },
  {
    title: "that an application does not exist is cached too",
    async run({ a }) {
      expect((await a.get(`/apps/${a.app}`)).status).toBe(404);
      await earlyInInterval();
      await a.register();
      expect((await a.get(`/apps/${a.app}`)).status).toBe(404);
      expect(await a.state()).toBe("UP/UNKNOWN");
      expect(await settled(() => a.cached(), "UP", withinAnInterval)).toBe("UP");
    },
  },
  {
    title: "an application that lost its last instance answers 404 once the cache is renewed",
    async run({ a }) {
      await a.register();
      await a.cached();
      await a.cancel();
      await cachesRenewed();
      expect((await a.get(`/apps/${a.app}`)).status).toBe(404);
    },
  },
  {
    title: "cached answers are renewed at multiples of the interval by the wall clock, not after each change",
    async run({ a }) {
      await a.register();
      await a.cached();
      await earlyInInterval();
      const tick = Math.ceil(Date.now() / cacheMs) * cacheMs;
      await a.putStatus("OUT_OF_SERVICE");
      await sleep(tick - 200 - Date.now());
      expect(await a.cached()).toBe("UP");
      await sleep(tick + 300 - Date.now());
      expect(await a.cached()).toBe("OUT_OF_SERVICE");
    },
  },
  {
    title: "/apps/delta shows a change of status within an interval, as MODIFIED",
    async run({ a }) {
      await a.get("/apps/delta");
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      const status = async () => word((await a.inDelta())?.["status"]);
      expect(await settled(status, "OUT_OF_SERVICE", withinAnInterval)).toBe("OUT_OF_SERVICE");
      expect((await a.inDelta())?.["actionType"]).toBe("MODIFIED");
    },
  },
  {
    title: "/apps/delta shows each instance once, in its last state",
    async run({ a }) {
      await a.register();
      await a.putStatus("OUT_OF_SERVICE");
      await a.deleteStatus();
      await a.register();
      await cachesRenewed();
      const { text } = await a.get("/apps/delta");
      expect(text.split(`"instanceId":"${a.id}"`).length - 1).toBe(1);
      expect(await a.inDelta()).toMatchObject({ status: "UP", actionType: "ADDED" });
    },
  },
  {
    title: "/apps/delta goes on showing a cancelled instance, as DELETED and with its last status",
    async run({ a }) {
      await a.register();
      await a.cancel();
      const action = async () => word((await a.inDelta())?.["actionType"]);
      expect(await settled(action, "DELETED", withinAnInterval)).toBe("DELETED");
      expect((await a.inDelta())?.["status"]).toBe("UP");
    },
  },
  {
    title: "each renewed delta has a higher version, and the hash code of all applications",
    async run({ a }) {
      const version = async () => Number(at((await a.get("/apps/delta")).json, "applications", "versions__delta"));
      const before = await version();
      await a.register();
      await cachesRenewed();
      expect(await version()).toBeGreaterThan(before);
      const hash = at((await a.get("/apps/delta")).json, "applications", "apps__hashcode");
      expect(hash).toMatch(/^([A-Z_]+_\d+_)+$/);
    },
  },
  {
    title: "/apps shows an application only while it has an instance",
    async run({ a }) {
      await a.get("/apps");
      await a.register();
      expect(await settled(() => a.cached("/apps"), "UP", withinAnInterval)).toBe("UP");
      await a.cancel();
      await cachesRenewed();
      expect((await a.get("/apps")).text).not.toContain(`"name":"${a.app}"`);
    },
  },
  {
    title: "a heartbeat renews no cached answer: the lease's times stay old in it",
    async run({ a }) {
      await a.register();
      const renewal = async () => /"lastRenewalTimestamp":(\d+)/.exec((await a.get(`/apps/${a.app}`)).text)?.[1];
      const before = await renewal();
      await a.heartbeat();
      await cachesRenewed();
      expect(await renewal()).toBe(before);
    },
  },
];
