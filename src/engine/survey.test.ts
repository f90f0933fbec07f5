import { expect, it } from "vitest";
import { FakeWorld } from "../../test/fakes/world.ts";
import { surveyHosts } from "./survey.ts";

const projects = new Set(["demo1", "demo2"]);
const options = { projects, deadline: 5, signal: new AbortController().signal };

it("sees every version of the projects that are asked for on each host, and nothing else", async () => {
  const world = new FakeWorld();
  const hosts = ["lab1", "lab2"].map((name) => world.addHost(name));
  world.addContainer("lab1", "demo1-20261123.101010");
  world.addContainer("lab1", "demo1-20261120.090301", { state: "exited" });
  world.addContainer("lab1", "demo1-20261122.101010-failed", { state: "exited" });
  world.addContainer("lab1", "demo10-20261123.101010");
  world.addContainer("lab1", "nginx");
  world.addContainer("lab2", "demo2-20261123.101010", { behaviour: "unhealthy" });
  const [one, two] = await surveyHosts(hosts, world, options);
  expect(one?.seen).toMatchObject({
    ok: true,
    value: {
      docker: { engine: "28.0.0" },
      versions: [
        { project: "demo1", failed: false, container: { name: "demo1-20261123.101010", state: "running" } },
        { project: "demo1", failed: true, container: { name: "demo1-20261122.101010-failed" }, startedAt: undefined },
        { project: "demo1", failed: false, container: { state: "exited" }, startedAt: undefined },
      ],
    },
  });
  expect(two).toMatchObject({
    host: { name: "lab2" },
    seen: { ok: true, value: { versions: [{ project: "demo2" }] } },
  });
  expect(world.deeds).toEqual([]);
});

it("names a host that cannot be reached, and one that answers too late, beside what the others say", async () => {
  const world = new FakeWorld();
  const hosts = ["lab1", "lab2", "lab3"].map((name) => world.addHost(name));
  const failure = { reason: "host-unreachable", host: "lab1", address: "lab1", detail: "no route" } as const;
  world.faults.set("lab1 open", failure);
  world.addContainer("lab3", "demo1-20261123.101010");
  const slow: typeof world.open = (host) => (host.name === "lab2" ? new Promise(() => {}) : world.open(host));
  const surveys = await surveyHosts(hosts, { open: slow }, { ...options, deadline: 0.05 });
  expect(surveys.map(({ host, seen }) => [host.name, seen.ok ? "seen" : seen.failure.reason])).toEqual([
    ["lab1", "host-unreachable"],
    ["lab2", "deadline"],
    ["lab3", "seen"],
  ]);
});

it("looks at no more than some hosts at a time, and at all of them in the end", async () => {
  const world = new FakeWorld();
  const hosts = Array.from({ length: 100 }, (_, at) => world.addHost(`web${at}`));
  let open = 0;
  let most = 0;
  const counting: typeof world.open = async (host) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open--;
    return world.open(host);
  };
  const surveys = await surveyHosts(hosts, { open: counting }, options);
  expect(surveys.map(({ host }) => host.name)).toEqual(hosts.map(({ name }) => name));
  expect(most).toBeLessThanOrEqual(32);
});
