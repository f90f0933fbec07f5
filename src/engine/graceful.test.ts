import { describe, expect, it } from "vitest";
import { requestFor, rollOut } from "../../test/fakes/rollout.ts";
import { FakeWorld } from "../../test/fakes/world.ts";
import type { Host } from "../domain/host.ts";
import type { Mode } from "../domain/mode.ts";
import type { Drain } from "../domain/project.ts";
import type { Failure } from "./errors.ts";
import type { EventBody } from "./events.ts";
import type { RunRequest } from "./plan.ts";

const NEW = "demo1-20261123.101010";
const OLD = "demo1-20261101.090000";
const OLDER = "demo1-20261001.090000";

const drain: Drain = {
  method: "eureka",
  wait: 60_000,
  clientFetch: 30_000,
  loadBalancer: 35_000,
  margin: 10_000,
  inFlight: 60_000,
  deregister: "/health/deregister",
};

const dead: Failure = { reason: "peer-unreachable", peer: "http://eureka2", detail: "connect ECONNREFUSED" };

function fleetOf(count: number): { world: FakeWorld; hosts: Host[] } {
  const world = new FakeWorld();
  world.addImage("registry/demo1:v1");
  const hosts = Array.from({ length: count }, (_, index) => world.addHost(`lab${index + 1}`));
  for (const { name } of hosts) {
    world.addContainer(name, OLD);
    world.registry.register(name);
  }
  return { world, hosts };
}

function graceful(mode: Mode, hosts: readonly Host[], more: Partial<RunRequest> = {}): RunRequest {
  return requestFor(mode, hosts, { registry: { app: "demo1" }, drain, ...more });
}

function titles(events: readonly EventBody[], host: string): readonly string[] {
  return events.flatMap((event) => (event.type === "step-started" && event.host === host ? [event.step.title] : []));
}

describe("a graceful release", () => {
  it("takes the eight steps of the guide, one host after the other", async () => {
    const { world, hosts } = fleetOf(2);
    const { status, events } = await rollOut(world, graceful("update", hosts));
    expect(status).toBe("succeeded");
    expect(titles(events, "lab1")).toEqual([
      "Step:1/8:Get the AppInstance ID(e.host:port) from eureka.",
      "Step:2/8:Get the DockerAppId which is running.",
      "Step:3/8:Download docker image.",
      "Step:4/8:Deregister service.",
      "Step:5/8:Security wait times for eureka server&client cache refresh.",
      "Step:6/8:Docker app stop.",
      "Step:7/8:Docker app run.",
      "Step:8/8:LoopHealthCheck until successful.",
    ]);
    const changes = (host: string) =>
      ["drain", "drain", `stop ${OLD}`, "remove-lease", `run ${NEW}`].map((deed) => `${host} ${deed}`);
    expect(world.deeds.filter((deed) => !deed.includes("pull"))).toEqual([...changes("lab1"), ...changes("lab2")]);
    expect(world.registry.statusOf("lab1")).toBe("UP");
  });

  it.each([
    ["restart_soft", ["drain", "drain", `stop ${OLD}`, "remove-lease", `start ${OLD}`]],
    ["rollback", ["drain", "drain", `stop ${OLD}`, "remove-lease", `start ${OLDER}`]],
    ["stop_soft", ["drain", "drain", `stop ${OLD}`, "remove-lease"]],
  ] as const)("drains before %s stops anything", async (mode, deeds) => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLDER, { state: "exited" });
    const { status } = await rollOut(world, graceful(mode, hosts));
    expect(status).toBe("succeeded");
    expect(world.deeds).toEqual(deeds.map((deed) => `lab1 ${deed}`));
  });

  it("waits for the fixed time between drain and stop", async () => {
    const { world, hosts } = fleetOf(1);
    const began = world.clock.now().getTime();
    const { events } = await rollOut(world, graceful("stop_soft", hosts));
    expect(world.clock.now().getTime() - began).toBe(60_000);
    expect(events).toContainEqual(expect.objectContaining({ waiting: { for: "drain", seconds: 60 } }));
  });

  it("waits by itself for server caches, client caches and requests in flight, and says which took longest", async () => {
    const { world, hosts } = fleetOf(1);
    world.connections = [{ peer: "10.0.0.9", sent: 5000, received: 2000 }];
    const busy = { ...drain, wait: "auto" as const };
    const { events } = await rollOut(world, graceful("stop_soft", hosts, { drain: busy }), (event) => {
      if (event.type === "step-waiting" && event.waiting.for === "requests") world.connections = [];
    });
    expect(events).toContainEqual(
      expect.objectContaining({ waiting: { for: "requests", inFlight: 1, callers: ["10.0.0.9"] } }),
    );
    const waited = events.find((event) => event.type === "step-finished" && event.step.kind === "wait");
    expect(waited).toMatchObject({
      result: { server_caches: 12, client_caches: 75, requests_in_flight: 0.5, bound_by: "client caches" },
    });
  });

  it("goes on and says so when requests are still in flight after the longest wait", async () => {
    const { world, hosts } = fleetOf(1);
    world.connections = [{ peer: "10.0.0.9", sent: 5000, received: 2000 }];
    const { status, events } = await rollOut(
      world,
      graceful("stop_soft", hosts, { drain: { ...drain, wait: "auto" } }),
    );
    expect(status).toBe("succeeded");
    const waited = events.find((event) => event.type === "step-finished" && event.step.kind === "wait");
    expect(waited).toMatchObject({ result: { still_in_flight: 1, still_calling: ["10.0.0.9"] } });
  });

  it("is the first release where nothing runs, and removes what a dead instance has left", async () => {
    const world = new FakeWorld();
    world.addImage("registry/demo1:v1");
    const hosts = [world.addHost("lab1")];
    world.registry.register("lab1", "OUT_OF_SERVICE");
    const { status } = await rollOut(world, graceful("update", hosts));
    expect(status).toBe("succeeded");
    expect(world.deeds.slice(1)).toEqual(["lab1 remove-lease", `lab1 run ${NEW}`]);
    expect(world.registry.statusOf("lab1")).toBe("UP");
  });

  it("drains nothing in hard modes, and still wants a restart to come UP", async () => {
    const { world, hosts } = fleetOf(1);
    const hard = graceful("restart", hosts, { drain: undefined });
    expect((await rollOut(world, hard)).status).toBe("succeeded");
    world.registry.register("lab1", "OUT_OF_SERVICE");
    expect((await rollOut(world, hard)).status).toBe("failed");
    expect(world.deeds.some((deed) => deed.includes("drain"))).toBe(false);
  });
});

describe("a graceful release that cannot go on", () => {
  it("touches nothing when a peer is down or the instance is not found", async () => {
    for (const failure of [dead, { reason: "instance-not-found" as const, host: "lab2", app: "demo1", seen: [] }]) {
      const { world, hosts } = fleetOf(2);
      world.registry.faults.set("lab2 find", failure);
      const { status } = await rollOut(world, graceful("update", hosts));
      expect(status).toBe("failed");
      expect(world.deeds).toEqual([]);
    }
  });

  it("puts the instance back in service when the drain or the wait fails", async () => {
    for (const action of ["drain", "propagated"]) {
      const { world, hosts } = fleetOf(1);
      world.registry.faults.set(`lab1 ${action}`, dead);
      const auto = graceful("update", hosts, { drain: { ...drain, wait: "auto" } });
      const { status, events } = await rollOut(world, auto);
      expect(status).toBe("failed");
      expect(world.registry.statusOf("lab1")).toBe("UP");
      expect(world.running("lab1")).toEqual([OLD]);
      expect(events).toContainEqual(expect.objectContaining({ type: "host-rescue", inService: "lab1:demo1" }));
      expect(world.deeds.filter((deed) => deed.includes("stop") || deed.includes("run"))).toEqual([]);
    }
  });

  it("puts it back in service after an abort in the wait", async () => {
    const { world, hosts } = fleetOf(2);
    const abort = new AbortController();
    const { status } = await rollOut(
      world,
      graceful("restart_soft", hosts),
      (event) => void (event.type === "step-waiting" && abort.abort()),
      { stop: abort.signal, abort: abort.signal },
    );
    expect(status).toBe("interrupted");
    expect(world.deeds).toEqual(["lab1 drain", "lab1 undrain"]);
  });

  it("puts it back in service when the host is lost in the wait, though it cannot be asked", async () => {
    const { world, hosts } = fleetOf(1);
    const gone: Failure = { reason: "connection-lost", host: "lab1", detail: "broken pipe" };
    const { status } = await rollOut(world, graceful("update", hosts), (event) => {
      if (event.type !== "step-waiting") return;
      for (const action of ["containers", "inspect", "stop"]) world.faults.set(`lab1 ${action}`, gone);
    });
    expect(status).toBe("failed");
    expect(world.registry.statusOf("lab1")).toBe("UP");
  });

  it("leaves the instance to whoever has the lock by now", async () => {
    const { world, hosts } = fleetOf(1);
    const { status } = await rollOut(world, graceful("update", hosts), (event) => {
      if (event.type !== "step-waiting") return;
      world.loseLock("lab1 demo1");
      world.locks.set("lab1 demo1", { run: "other", user: "li", machine: "m", since: "" });
    });
    expect(status).toBe("failed");
    expect(world.deeds).not.toContain("lab1 undrain");
  });

  it("goes back to the old version, UP again, when the new one never comes UP", async () => {
    const { world, hosts } = fleetOf(2);
    world.registry.faults.set("lab1 awaitUp", {
      reason: "instance-not-up",
      host: "lab1",
      app: "demo1",
      seconds: 120,
      peers: [],
      seen: [],
    });
    const { status, events } = await rollOut(world, graceful("update", hosts), (event) => {
      if (event.type === "step-failed") world.registry.faults.clear();
    });
    expect(status).toBe("failed");
    expect(world.running("lab1")).toEqual([OLD]);
    expect(world.registry.statusOf("lab1")).toBe("UP");
    expect(events).toContainEqual(
      expect.objectContaining({ type: "host-finished", summary: expect.objectContaining({ verdict: "rescued" }) }),
    );
    expect(world.running("lab2")).toEqual([OLD]);
  });

  it("is no success where the way back does not come UP either", async () => {
    const { world, hosts } = fleetOf(1);
    world.registry.faults.set("lab1 awaitUp", dead);
    const { events } = await rollOut(world, graceful("update", hosts));
    expect(events).toContainEqual(
      expect.objectContaining({ type: "host-finished", summary: expect.objectContaining({ verdict: "failed" }) }),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: "host-rescue", failure: dead }));
  });

  it("leads traffic away from hosts that were done before it takes them back", async () => {
    const { world, hosts } = fleetOf(2);
    world.registry.faults.set("lab2 drain", dead);
    await rollOut(world, graceful("update", hosts, { onFailure: "revert" }));
    const back = world.deeds
      .slice(world.deeds.indexOf(`lab1 run ${NEW}`) + 1)
      .filter((deed) => deed.startsWith("lab1"));
    expect(back).toEqual([
      "lab1 drain",
      `lab1 stop ${NEW}`,
      "lab1 remove-lease",
      `lab1 rename ${NEW} ${NEW}-failed`,
      "lab1 remove-lease",
      `lab1 start ${OLD}`,
    ]);
    expect(world.registry.statusOf("lab1")).toBe("UP");
  });
});
