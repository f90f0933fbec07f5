import { expect } from "vitest";
import type { Case } from "./case.ts";
import { at } from "./client.ts";

/** A field of a registration, and how the live read shows it. */
function shown(
  title: string,
  fields: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): Case {
  return {
    title,
    async run({ a }) {
      expect((await a.register(fields)).status).toBe(204);
      expect(await a.live()).toMatchObject(expected);
    },
  };
}

/** What Eureka makes of JSON, both ways. */
export const jsonCases: readonly Case[] = [
  shown(
    "ports are a number and the word true or false",
    {},
    {
      port: { $: 8080, "@enabled": "true" },
      securePort: { $: 443, "@enabled": "false" },
    },
  ),
  shown(
    "a port may come as a string and enabled as a boolean",
    { port: { $: "8082", "@enabled": true } },
    {
      port: { $: 8082, "@enabled": "true" },
    },
  ),
  shown(
    "without ports they are 7001 and 7002",
    { port: undefined, securePort: undefined },
    {
      port: { $: 7001, "@enabled": "true" },
      securePort: { $: 7002, "@enabled": "false" },
    },
  ),
  shown(
    "empty metadata becomes Java's EmptyMap",
    { metadata: {} },
    {
      metadata: { "@class": "java.util.Collections$EmptyMap" },
    },
  ),
  shown(
    "EmptyMap as metadata is empty metadata",
    { metadata: { "@class": "java.util.Collections$EmptyMap" } },
    {
      metadata: { "@class": "java.util.Collections$EmptyMap" },
    },
  ),
  shown("numbers in metadata become strings", { metadata: { weight: 1 } }, { metadata: { weight: "1" } }),
  shown("without a status an instance is UP", { status: undefined }, { status: "UP" }),
  shown("an unknown status is UNKNOWN", { status: "PAUSED" }, { status: "UNKNOWN" }),
  shown(
    "without leaseInfo a lease lasts 90 s",
    { leaseInfo: undefined },
    {
      leaseInfo: { renewalIntervalInSecs: 30, durationInSecs: 90 },
    },
  ),
  shown(
    "an override is taken over as overriddenStatus",
    { overriddenStatus: "OUT_OF_SERVICE" },
    {
      status: "OUT_OF_SERVICE",
      overriddenStatus: "OUT_OF_SERVICE",
    },
  ),
  shown(
    "and as overriddenstatus",
    { overriddenStatus: undefined, overriddenstatus: "OUT_OF_SERVICE" },
    { status: "OUT_OF_SERVICE", overriddenStatus: "OUT_OF_SERVICE" },
  ),
  shown(
    "a lastDirtyTimestamp of the client is kept, as a string",
    { lastDirtyTimestamp: 1234 },
    {
      lastDirtyTimestamp: "1234",
    },
  ),
  {
    title: "without a lastDirtyTimestamp it is the server's time of registration",
    async run({ a }) {
      await a.register();
      const live = await a.live();
      const registered = at(live, "leaseInfo", "registrationTimestamp") as number;
      expect(Math.abs(Number(live?.["lastDirtyTimestamp"]) - registered)).toBeLessThan(1000);
    },
  },
  {
    title: "fields that Eureka does not know are dropped",
    async run({ a }) {
      await a.register({ colour: { a: [1] } });
      expect(await a.live()).not.toHaveProperty("colour");
    },
  },
  {
    title: "timestamps of the instance are strings, those of the lease numbers",
    async run({ a }) {
      await a.register();
      const live = await a.live();
      const kinds = ["lastUpdatedTimestamp", "lastDirtyTimestamp", "isCoordinatingDiscoveryServer"].map(
        (key) => typeof live?.[key],
      );
      expect(kinds).toEqual(["string", "string", "string"]);
      for (const key of ["registrationTimestamp", "lastRenewalTimestamp", "evictionTimestamp", "serviceUpTimestamp"]) {
        expect([key, typeof at(live, "leaseInfo", key)]).toEqual([key, "number"]);
      }
    },
  },
  {
    title: "all fields of a whole registration come back, in Eureka's order",
    async run({ a }) {
      await a.register({ statusPageUrl: "http://host1:8080/info", healthCheckUrl: "http://host1:8080/health" });
      expect(Object.keys((await a.live()) ?? {}).join(" ")).toBe(
        "instanceId hostName app ipAddr status overriddenStatus port securePort countryId dataCenterInfo leaseInfo " +
          "metadata homePageUrl statusPageUrl healthCheckUrl vipAddress secureVipAddress " +
          "isCoordinatingDiscoveryServer lastUpdatedTimestamp lastDirtyTimestamp actionType",
      );
    },
  },
  {
    title: "in JSON one application and one instance still are arrays",
    async run({ a }) {
      await a.register();
      const { json } = await a.get(`/vips/${a.app.toLowerCase()}`);
      expect(Array.isArray(at(json, "applications", "application"))).toBe(true);
      expect(Array.isArray(at((await a.get(`/apps/${a.app}`)).json, "application", "instance"))).toBe(true);
    },
  },
  {
    title: "/apps has versions__delta 1 and apps__hashcode, its counts by status in alphabetical order",
    async run({ a }) {
      await a.register();
      await a.as(a.app, `${a.id}-2`).register({ status: "DOWN" });
      const { json } = await a.get("/apps");
      expect(at(json, "applications", "versions__delta")).toBe("1");
      const vips = await a.get(`/vips/${a.app.toLowerCase()}`);
      expect(at(vips.json, "applications", "apps__hashcode")).toBe("DOWN_1_UP_1_");
      expect(at(json, "applications", "apps__hashcode")).toMatch(/^([A-Z_]+_\d+_)+$/);
    },
  },
  {
    title: "XML says overriddenstatus, and has ports, leases and metadata as elements",
    async run({ a }) {
      await a.register({ metadata: { zone: "a<b" } });
      const { text } = await a.get(a.path, { accept: "application/xml" });
      for (const element of [
        `<instanceId>${a.id}</instanceId>`,
        "<overriddenstatus>UNKNOWN</overriddenstatus>",
        '<port enabled="true">8080</port>',
        '<securePort enabled="false">443</securePort>',
        '<dataCenterInfo class="com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo">',
        "<durationInSecs>90</durationInSecs>",
        "<zone>a&lt;b</zone>",
      ]) {
        expect(text).toContain(element);
      }
    },
  },
];
