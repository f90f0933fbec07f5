import { expect, it } from "vitest";
import { FakeWorld } from "../../test/fakes/world.ts";
import { keptVersions } from "./kept-versions.ts";

const { signal } = new AbortController();

it("lists what is kept on some host, newest first, and nothing that runs everywhere or belongs to another project", async () => {
  const world = new FakeWorld();
  const hosts = ["lab1", "lab2"].map((name) => world.addHost(name));
  for (const host of ["lab1", "lab2"]) world.addContainer(host, "demo1-20261123.101010");
  world.addContainer("lab1", "demo1-20261101.090000", { state: "exited", image: "registry/demo1:v1" });
  world.addContainer("lab2", "demo1-20261101.090000");
  for (const host of ["lab1", "lab2"]) world.addContainer(host, "demo1-20261120.090301", { state: "exited" });
  world.addContainer("lab1", "demo10-20261122.101010", { state: "exited" });
  world.addContainer("lab1", "demo1-20261122.101010-failed", { state: "exited" });
  world.addContainer("lab1", "demo1-20261121.101010", { state: "dead" });
  expect(await keptVersions("demo1", hosts, world, signal)).toEqual({
    versions: [
      { version: "demo1-20261120.090301", image: "registry/demo1:v0", hosts: ["lab1", "lab2"] },
      { version: "demo1-20261101.090000", image: "registry/demo1:v1", hosts: ["lab1"] },
    ],
    failed: new Map(),
  });
});

it("names the hosts that could not be looked at beside what the others keep", async () => {
  const world = new FakeWorld();
  const hosts = ["lab1", "lab2"].map((name) => world.addHost(name));
  world.addContainer("lab2", "demo1-20261120.090301", { state: "exited" });
  const failure = { reason: "host-unreachable", host: "lab1", address: "lab1", detail: "no route" } as const;
  world.faults.set("lab1 open", failure);
  const { versions, failed } = await keptVersions("demo1", hosts, world, signal);
  expect(versions.map(({ version }) => version)).toEqual(["demo1-20261120.090301"]);
  expect([...failed]).toEqual([["lab1", failure]]);
});
