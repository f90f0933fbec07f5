import { describe, expect, test } from "vitest";
import { readApplication, readApplications, readInstance } from "./eureka-instance.ts";

/** As a real server writes it (Spring Cloud 2025.0, JSON). */
const wire = {
  instanceId: "web1:demo1:8080",
  hostName: "web1",
  app: "DEMO1",
  ipAddr: "10.0.0.1",
  status: "UP",
  overriddenStatus: "UNKNOWN",
  port: { $: 8080, "@enabled": "true" },
  securePort: { $: 443, "@enabled": "false" },
  leaseInfo: {
    renewalIntervalInSecs: 30,
    durationInSecs: 90,
    registrationTimestamp: 1790000000123,
    serviceUpTimestamp: 0,
  },
  metadata: { "@class": "java.util.Collections$EmptyMap" },
  lastUpdatedTimestamp: "1790000000124",
  lastDirtyTimestamp: "1790000000005",
  actionType: "ADDED",
};
const read = {
  id: "web1:demo1:8080",
  app: "DEMO1",
  hostname: "web1",
  address: "10.0.0.1",
  port: 8080,
  ports: [8080],
  status: "UP",
  overriddenStatus: "UNKNOWN",
  deleted: false,
  registeredAt: 1790000000123,
  dirtyAt: 1790000000005,
  heartbeat: 30_000,
};

const one = (fields: object) => readInstance(JSON.stringify({ instance: { ...wire, ...fields } }));

describe("an instance", () => {
  test("has times as texts and as numbers", () => {
    expect(one({})).toEqual(read);
    expect(
      one({ lastDirtyTimestamp: 1790000000005, leaseInfo: { registrationTimestamp: "1790000000123" } }),
    ).toMatchObject({ registeredAt: 1790000000123, dirtyAt: 1790000000005 });
    expect(one({ leaseInfo: { registrationTimestamp: 0 } })).not.toHaveProperty("registeredAt");
  });

  test("has an override in both spellings, or none", () => {
    const { overriddenStatus: _, ...older } = wire;
    const old = (fields: object) => readInstance(JSON.stringify({ instance: { ...older, ...fields } }));
    expect(one({ overriddenStatus: "OUT_OF_SERVICE" })?.overriddenStatus).toBe("OUT_OF_SERVICE");
    expect(old({ overriddenstatus: "OUT_OF_SERVICE" })?.overriddenStatus).toBe("OUT_OF_SERVICE");
    expect(old({})?.overriddenStatus).toBe("UNKNOWN");
  });

  test("is reached at its secure port where that is enabled, and known by both", () => {
    const securePort = { $: 8443, "@enabled": "true" };
    expect(one({ securePort })).toMatchObject({ port: 8443, ports: [8443, 8080] });
    expect(one({ securePort, port: { $: "8080", "@enabled": false } })).toMatchObject({ port: 8443, ports: [8443] });
  });

  test("without an id is known by its host name; a status that nobody knows is UNKNOWN", () => {
    expect(one({ instanceId: undefined, status: "SLEEPING" })).toMatchObject({ id: "web1", status: "UNKNOWN" });
  });

  test("keeps of its metadata the token only, however it is written", () => {
    expect(one({ metadata: { deployid: "t1", "user.password": "hunter2" } })).toEqual({ ...read, token: "t1" });
    expect(one({ metadata: { deployId: "t1" } })?.token).toBe("t1");
  });
});

describe("lists", () => {
  test("may be the object itself where they have one element, or be missing", () => {
    const single = { applications: { versions__delta: "1", application: { name: "demo1", instance: wire } } };
    const lists = { applications: { application: [{ name: "DEMO1", instance: [wire] }] } };
    expect(readApplications(JSON.stringify(single))).toEqual([read]);
    expect(readApplications(JSON.stringify(lists))).toEqual([read]);
    expect(readApplications('{"applications":{"apps__hashcode":""}}')).toEqual([]);
    expect(readApplication(JSON.stringify({ application: { name: "DEMO1", instance: wire } }))).toEqual([read]);
  });

  test("take an instance's application from around it, in upper case", () => {
    const { app: _, ...rest } = wire;
    expect(readApplication(JSON.stringify({ application: { name: "demo1", instance: [rest] } }))).toEqual([read]);
  });

  test("are nothing when the answer is not Eureka's", () => {
    for (const body of ["", "<html>", "[]", '{"status":"UP"}', '{"applications":null}']) {
      expect(readApplications(body)).toBeUndefined();
      expect(readApplication(body)).toBeUndefined();
      expect(readInstance(body)).toBeUndefined();
    }
  });
});
