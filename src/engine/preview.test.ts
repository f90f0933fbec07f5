import { beforeEach, describe, expect, it, vi } from "vitest";
import { requestFor, rollOut } from "../../test/fakes/rollout.ts";
import { FakeWorld } from "../../test/fakes/world.ts";
import type { Host } from "../domain/host.ts";
import type { Failure } from "./errors.ts";
import type { RunRequest } from "./plan.ts";
import type { ServiceRegistry } from "./ports.ts";
import { previewRun, type RunPreview } from "./preview.ts";

const before = "demo1-20261120.101010";
const older = "demo1-20261101.101010";

let world: FakeWorld;
let hosts: Host[];

beforeEach(() => {
  world = new FakeWorld();
  world.addImage("registry/demo1:v1");
  hosts = ["lab1", "lab2", "lab3"].map((name) => world.addHost(name));
  for (const { name } of hosts) world.addContainer(name, before);
});

function preview(request: RunRequest, signal: AbortSignal = new AbortController().signal): Promise<RunPreview> {
  const { registry, clock } = world;
  return previewRun(request, { fleet: world, registry, clock, deadline: { signal, seconds: 10 } });
}

function unreachable(host: string): Failure {
  return { reason: "host-unreachable", host, address: host, detail: "no answer within 5 s" };
}

/** Failures by host, without those that have none. */
function failures({ hosts: looks }: RunPreview): Record<string, string> {
  return Object.fromEntries(looks.flatMap(({ host, failure }) => (failure ? [[host, failure.reason]] : [])));
}

it("plans what a run would do, and touches nothing", async () => {
  const { plan, stopped, hosts: looks } = await preview(requestFor("update", hosts, { serialText: "1,100%" }));
  expect(stopped).toBeUndefined();
  expect(plan).toMatchObject({ mode: "update", batches: [["lab1"], ["lab2", "lab3"]] });
  expect(plan?.hosts[0]).toMatchObject({ before, after: "demo1-20261123.101010" });
  expect(looks.map(({ facts }) => facts?.versions[0]?.name)).toEqual([before, before, before]);
  expect(world.deeds).toEqual([]);
  expect(world.locks.size).toBe(0);
});

it("makes the plan of the run that follows", async () => {
  world.set("lab2", before, { state: "exited" });
  const request = requestFor("update", hosts);
  const { plan } = await preview(request);
  // What serves nothing goes first.
  expect(plan?.batches).toEqual([["lab2"], ["lab1"], ["lab3"]]);
  const { events } = await rollOut(world, request);
  expect(events.find(({ type }) => type === "planned")).toEqual({ type: "planned", plan });
});

it("shows an unreachable host as one, and plans for the others", async () => {
  world.faults.set("lab2 open", unreachable("lab2"));
  const refused = await preview(requestFor("restart", hosts));
  expect(refused.stopped).toEqual({ because: "unreachable", status: "unreachable" });
  expect(failures(refused)).toEqual({ lab2: "host-unreachable" });
  expect(refused.plan?.batches).toEqual([["lab1"], ["lab3"]]);
  const allowed = await preview(requestFor("restart", hosts, { maxUnreachable: 1 }));
  expect(allowed.stopped).toBeUndefined();
});

it("counts a host that does not answer in time as failed, whatever it hangs in", async () => {
  const deadline = new AbortController();
  const hang = new Promise<never>(() => {});
  const open = world.open.bind(world);
  world.open = async (host) => {
    const opened = await open(host);
    if (host.name !== "lab3" || !opened.ok) return opened;
    deadline.abort();
    return { ok: true, value: { ...opened.value, lockHolder: () => hang } };
  };
  const seen = await preview(requestFor("restart", hosts), deadline.signal);
  expect(seen.hosts[2]?.failure).toEqual({ reason: "deadline", host: "lab3", action: "look", seconds: 10 });
  expect(seen.stopped).toEqual({ because: "failures", status: "failed" });
});

describe("tells how the run would end", () => {
  it("where another run holds the lock, and who", async () => {
    const holder = { run: "r0", user: "li", machine: "m", since: "2026-11-23T10:00:00Z" };
    world.locks.set("lab3 demo1", holder);
    const seen = await preview(requestFor("update", hosts));
    expect(seen.stopped).toEqual({ because: "failures", status: "locked" });
    expect(seen.hosts[2]?.failure).toMatchObject({ reason: "locked", holder });
    expect(seen.plan?.batches).toHaveLength(3);
    expect((await preview(requestFor("inquiry", hosts))).stopped).toBeUndefined();
  });

  it("where the image is missing", async () => {
    world.images.clear();
    const seen = await preview(requestFor("update", hosts));
    expect(seen).toMatchObject({ plan: undefined, stopped: { because: "failures", status: "failed" } });
    expect(seen.imageFailure).toMatchObject({ reason: "image-missing", image: "registry/demo1:v1" });
    expect(failures(seen)).toEqual({});
  });

  it("where a host has nothing to go back to", async () => {
    world.addContainer("lab1", older, { state: "exited" });
    const seen = await preview(requestFor("rollback", hosts));
    expect(seen.stopped).toEqual({ because: "failures", status: "failed" });
    expect(failures(seen)).toEqual({ lab2: "no-older-version", lab3: "no-older-version" });
    expect(seen.plan?.hosts).toMatchObject([{ host: "lab1", after: older }]);
  });

  it("where no host can be looked at", async () => {
    for (const { name } of hosts) world.faults.set(`${name} open`, unreachable(name));
    const seen = await preview(requestFor("inquiry", hosts));
    expect(seen).toMatchObject({ plan: undefined, stopped: { status: "unreachable" } });
  });
});

it("does not wait for an instance that the service registry does not show", async () => {
  const find = vi.spyOn<ServiceRegistry, "find">(world.registry, "find");
  const registered = { registry: { app: "demo1" } };
  const drain = {
    method: "eureka" as const,
    wait: 60_000,
    clientFetch: 0,
    loadBalancer: 0,
    margin: 0,
    inFlight: 0,
    deregister: "/health/deregister",
  };
  for (const host of ["lab1", "lab2"]) world.registry.register(host);
  const seen = await preview(requestFor("update", hosts, { ...registered, drain }));
  expect(failures(seen)).toEqual({ lab3: "instance-not-found" });
  expect(find.mock.calls.map(([{ host }, patience]) => [host, patience])).toEqual([
    ["lab1", 0],
    ["lab2", 0],
    ["lab3", 0],
  ]);
});
