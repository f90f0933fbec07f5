import { describe, expect, test } from "vitest";
import type { InstanceMatch } from "../../../engine/ports.ts";
import type { EurekaInstance } from "./eureka-instance.ts";
import { compare, pickInstance } from "./match.ts";

const containerId = "0123456789abcdef0123456789abcdef";

/** A container in Docker's bridge network, published as 18080. */
const bridge: InstanceMatch = {
  host: "web1",
  containerId,
  containerHostname: "0123456789ab",
  hostname: "web1",
  addresses: ["10.0.0.1"],
  ports: [18080],
  containerAddresses: ["172.17.0.2"],
  containerPorts: [8080],
};
/** One with the host's network, whose port nobody knows. */
const hostNetwork: InstanceMatch = {
  host: "web1",
  containerId,
  containerHostname: "web1",
  hostname: "web1",
  addresses: ["10.0.0.1", "192.168.7.1"],
  ports: [],
};

function instance(facts: Partial<EurekaInstance> & { readonly id: string }): EurekaInstance {
  const { port = 8080 } = facts;
  return {
    app: "DEMO1",
    hostname: facts.id.split(":")[0] ?? "",
    address: "10.0.0.1",
    port,
    ports: [port],
    status: "UP",
    overriddenStatus: "UNKNOWN",
    deleted: false,
    ...facts,
  };
}

const inBridge = instance({ id: "0123456789ab:demo1:8080", address: "172.17.0.2" });

describe("one instance is compared by", () => {
  test("the injected token, which proves it alone", () => {
    const odd = instance({ id: "x", hostname: "elsewhere", address: "203.0.113.9", port: 1, token: "t1" });
    expect(compare({ ...bridge, token: "t1" }, odd)).toEqual({ fits: true, by: "token" });
    expect(compare({ ...bridge, token: "t2" }, { ...inBridge, token: "t1" })).toMatchObject({
      mismatch: "other-token",
    });
    expect(compare({ ...bridge, token: "t2" }, inBridge)).toEqual({ fits: true, by: "container" });
  });

  test("an id that is configured", () => {
    const named = instance({ id: "demo1-on-web1", hostname: "public.example.com", port: 18080 });
    expect(compare({ ...bridge, instanceId: "demo1-on-web1" }, named)).toEqual({ fits: true, by: "id" });
  });

  test("the container's hostname or short id, in the host name or first in the id", () => {
    expect(compare(bridge, inBridge)).toEqual({ fits: true, by: "container" });
    const preferIp = instance({ id: "0123456789ab:demo1:8080", hostname: "172.17.0.2", address: "172.17.0.2" });
    expect(compare(bridge, preferIp)).toEqual({ fits: true, by: "container" });
    const { containerHostname: _, ...unnamed } = bridge;
    expect(compare(unnamed, instance({ id: "x", hostname: "0123456789AB", port: 18080 }))).toMatchObject({
      fits: true,
    });
  });

  test("the host's name, with its domain or without", () => {
    const { containerHostname: _, ...match } = hostNetwork;
    for (const hostname of ["web1", "WEB1", "web1.example.com"]) {
      expect(compare(match, instance({ id: "x", hostname }))).toEqual({ fits: true, by: "host" });
    }
    expect(compare({ ...match, hostname: "web1.a.com" }, instance({ id: "x", hostname: "web1.b.com" }))).toMatchObject({
      mismatch: "other-name",
    });
    expect(compare(match, instance({ id: "x", hostname: "web10" }))).toMatchObject({ fits: false });
  });

  test("address AND port, neither alone", () => {
    const published = instance({ id: "demo1.example.com:demo1", port: 18080 });
    expect(compare(bridge, published)).toEqual({ fits: true, by: "address" });
    expect(compare(bridge, { ...published, port: 1, ports: [1] })).toMatchObject({ mismatch: "other-port" });
    expect(compare(bridge, { ...published, address: "10.0.0.9" })).toMatchObject({ mismatch: "other-address" });
    expect(compare(hostNetwork, published)).toMatchObject({ mismatch: "other-name" });
    expect(compare(bridge, { ...published, port: 8443, ports: [8443, 18080] })).toMatchObject({ by: "address" });
  });

  test("address and port everywhere, where they are known", () => {
    expect(compare(bridge, { ...inBridge, port: 9, ports: [9] })).toMatchObject({ mismatch: "other-port" });
    expect(compare(bridge, { ...inBridge, address: "10.0.0.9" })).toMatchObject({ mismatch: "other-address" });
    expect(compare({ ...hostNetwork, addresses: [] }, instance({ id: "web1:demo1:1" }))).toMatchObject({ fits: true });
  });

  test("not the address inside of a host, which repeats on others, against another container's name", () => {
    const other = instance({ id: "ba9876543210:demo1:8080", address: "172.17.0.2" });
    expect(compare(bridge, other)).toMatchObject({ mismatch: "other-name" });
    const ghost = instance({ id: "ba9876543210:demo1:18080", port: 18080 });
    expect(compare(bridge, ghost)).toMatchObject({ mismatch: "other-name" });
  });
});

describe("among several", () => {
  const hostsOwn = instance({ id: "web1:demo1:18080", port: 18080 });

  test("the surest rule that has any decides", () => {
    expect(pickInstance(bridge, [hostsOwn, inBridge])).toEqual({ kind: "one", instance: inBridge });
    expect(pickInstance(bridge, [hostsOwn])).toEqual({ kind: "one", instance: hostsOwn });
  });

  test("copies of one id from several peers are one", () => {
    expect(pickInstance(bridge, [inBridge, { ...inBridge, status: "DOWN" }])).toEqual({
      kind: "one",
      instance: inBridge,
    });
  });

  test("two that fit equally well are told with all others", () => {
    const ghost = instance({ id: "web1:demo1:abc", port: 18080 });
    const other = instance({ id: "web2:demo1:18080", address: "10.0.0.2", port: 18080 });
    expect(pickInstance(bridge, [hostsOwn, ghost, other])).toMatchObject({
      kind: "several",
      seen: [
        { id: "web1:demo1:18080", mismatch: "fits" },
        { id: "web1:demo1:abc", mismatch: "fits" },
        { id: "web2:demo1:18080", mismatch: "other-address" },
      ],
    });
  });

  test("none that fits is told with the reason for each, without metadata", () => {
    const other = instance({ id: "web2:demo1:18080", address: "10.0.0.2", port: 18080, token: "t" });
    expect(pickInstance(bridge, [other])).toEqual({
      kind: "none",
      seen: [
        {
          id: "web2:demo1:18080",
          hostname: "web2",
          address: "10.0.0.2",
          port: 18080,
          status: "UP",
          mismatch: "other-address",
        },
      ],
    });
    expect(pickInstance(bridge, [])).toEqual({ kind: "none", seen: [] });
  });

  test("the host's own name with another host's address is a reason to stop", () => {
    const stolen = instance({ id: "web1:demo1:8080", address: "10.0.0.2" });
    expect(pickInstance(hostNetwork, [stolen])).toEqual({ kind: "other-host", instance: stolen });
    expect(pickInstance(hostNetwork, [stolen, instance({ id: "web1:demo1:8081" })])).toMatchObject({ kind: "one" });
  });

  test("one lease as localhost for all hosts is a reason to stop on those that do not own it", () => {
    const shared = instance({ id: "localhost:demo1:8080", address: "10.0.0.2" });
    expect(pickInstance(hostNetwork, [shared])).toEqual({ kind: "other-host", instance: shared });
  });
});
