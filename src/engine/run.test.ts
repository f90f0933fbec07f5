import { describe, expect, it } from "vitest";
import { requestFor, rollOut } from "../../test/fakes/rollout.ts";
import { FakeWorld } from "../../test/fakes/world.ts";
import type { Host } from "../domain/host.ts";

const NEW = "demo1-20261123.101010";
const OLD = "demo1-20261101.090000";
const OLDER = "demo1-20261001.090000";

function fleetOf(count: number): { world: FakeWorld; hosts: Host[] } {
  const world = new FakeWorld();
  world.addImage("registry/demo1:v1");
  const hosts = Array.from({ length: count }, (_, index) => world.addHost(`lab${index + 1}`));
  return { world, hosts };
}

describe("update", () => {
  it("replaces the running version host by host, after pulling on all hosts", async () => {
    const { world, hosts } = fleetOf(3);
    for (const { name } of hosts) world.addContainer(name, OLD);
    const { status } = await rollOut(world, requestFor("update", hosts));
    expect(status).toBe("succeeded");
    expect(world.deeds.slice(0, 3).every((deed) => deed.includes(" pull "))).toBe(true);
    expect(world.deeds.slice(3)).toEqual(
      ["lab1", "lab2", "lab3"].flatMap((host) => [`${host} stop ${OLD}`, `${host} run ${NEW}`]),
    );
    for (const { name } of hosts) expect(world.running(name)).toEqual([NEW]);
  });

  it("is the first release on an empty host, where there is nothing to stop", async () => {
    const { world, hosts } = fleetOf(1);
    const { status, events } = await rollOut(world, requestFor("update", hosts));
    expect(status).toBe("succeeded");
    expect(events).toContainEqual(expect.objectContaining({ type: "step-skipped", skip: "nothing-running" }));
    expect(world.running("lab1")).toEqual([NEW]);
  });

  it("leaves containers of projects with similar names alone", async () => {
    const { world, hosts } = fleetOf(1);
    for (const name of ["xdemo1-20261101.090000", "demo10-20261101.090000", "demo1-20261101.090000-failed", "demo1"]) {
      world.addContainer("lab1", name);
    }
    await rollOut(world, requestFor("update", hosts));
    expect(world.running("lab1")).toHaveLength(5);
  });

  it("updates hosts that run nothing before those that serve", async () => {
    const { world, hosts } = fleetOf(3);
    world.addContainer("lab1", OLD);
    world.addContainer("lab2", OLD);
    await rollOut(world, requestFor("update", hosts));
    expect(world.deeds.filter((deed) => deed.includes(" run "))).toEqual([
      `lab3 run ${NEW}`,
      `lab1 run ${NEW}`,
      `lab2 run ${NEW}`,
    ]);
  });

  it("moves on by a second where the version's name is taken on any host, so that all hosts get the same name", async () => {
    const { world, hosts } = fleetOf(2);
    world.addContainer("lab2", NEW);
    await rollOut(world, requestFor("update", hosts));
    expect(world.running("lab1")).toEqual(["demo1-20261123.101011"]);
    expect(world.running("lab2")).toEqual(["demo1-20261123.101011"]);
  });

  it("takes a host back whose new version exits at once, marks that version and stops before the next host", async () => {
    const { world, hosts } = fleetOf(2);
    world.addImage("registry/demo1:v1", "exits");
    for (const { name } of hosts) world.addContainer(name, OLD);
    const { status, events } = await rollOut(world, requestFor("update", hosts));
    expect(status).toBe("failed");
    expect(world.running("lab1")).toEqual([OLD]);
    expect(world.names("lab1")).toContain(`${NEW}-failed`);
    expect(world.names("lab2")).toEqual([OLD]);
    const failed = events.find((event) => event.type === "step-failed");
    expect(failed).toMatchObject({
      why: { failure: { reason: "container-exited", exitCode: 3 }, log: ["starting", "panic: no database"] },
    });
    const finished = events.find((event) => event.type === "run-finished");
    expect(finished).toMatchObject({
      hosts: [
        { host: "lab1", verdict: "rescued", now: OLD },
        { host: "lab2", verdict: "untouched", now: OLD },
      ],
    });
  });

  it("goes on past a failed host while MaxFailed allows it", async () => {
    const { world, hosts } = fleetOf(2);
    for (const { name } of hosts) world.addContainer(name, OLD);
    world.faults.set("lab1 run", { reason: "run-refused", host: "lab1", container: NEW, exitCode: 125, detail: "no" });
    const { status } = await rollOut(world, requestFor("update", hosts, { maxFailed: 1 }));
    expect(status).toBe("failed");
    expect(world.running("lab1")).toEqual([OLD]);
    expect(world.running("lab2")).toEqual([NEW]);
  });

  it("names a crash-looping container at the first look, not after the check time", async () => {
    const { world, hosts } = fleetOf(1);
    world.addImage("registry/demo1:v1", "restarts");
    const before = world.clock.now().getTime();
    const { events } = await rollOut(world, requestFor("update", hosts));
    expect(world.clock.now().getTime() - before).toBeLessThan(2000);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      why: { failure: { reason: "container-restarting" } },
    });
  });

  it("touches nothing when the image does not exist", async () => {
    const { world, hosts } = fleetOf(2);
    world.images.clear();
    const { status, events } = await rollOut(world, requestFor("update", hosts));
    expect(status).toBe("failed");
    expect(world.deeds).toEqual([]);
    expect(events.filter((event) => event.type === "image-refused")).toHaveLength(1);
  });

  it("touches nothing when a host is unreachable, and says which were left", async () => {
    const { world, hosts } = fleetOf(3);
    world.faults.set("lab2 open", { reason: "host-unreachable", host: "lab2", address: "lab2", detail: "no route" });
    const { status, events } = await rollOut(world, requestFor("update", hosts));
    expect(status).toBe("unreachable");
    expect(world.deeds).toEqual([]);
    expect(events).toContainEqual({ type: "run-stopped", because: "unreachable", left: ["lab1", "lab3"] });
  });

  it("goes on without an unreachable host while MaxUnreachable allows it, and still ends as unreachable", async () => {
    const { world, hosts } = fleetOf(2);
    world.faults.set("lab2 open", { reason: "host-unreachable", host: "lab2", address: "lab2", detail: "no route" });
    const { status } = await rollOut(world, requestFor("update", hosts, { maxUnreachable: 1 }));
    expect(status).toBe("unreachable");
    expect(world.running("lab1")).toEqual([NEW]);
  });

  it("refuses a project that somebody else is changing, and leaves no lock of its own", async () => {
    const { world, hosts } = fleetOf(2);
    world.locks.set("lab2 demo1", { run: "r0", user: "li", machine: "m", since: "now" });
    const { status } = await rollOut(world, requestFor("update", hosts));
    expect(status).toBe("locked");
    expect(world.deeds).toEqual([]);
    expect([...world.locks.keys()]).toEqual(["lab2 demo1"]);
  });

  it("removes its own oldest versions beyond Keep, never the rollback target nor adopted ones", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", "demo1-20260101.000000", { state: "exited" });
    world.addContainer("lab1", "demo1-20260201.000000", { state: "exited", labels: { "gantry.run": "r0" } });
    world.addContainer("lab1", OLDER, { state: "exited", labels: { "gantry.run": "r0" } });
    world.addContainer("lab1", OLD, { labels: { "gantry.run": "r0" } });
    await rollOut(world, requestFor("update", hosts, { keep: 1 }));
    expect(world.names("lab1").toSorted()).toEqual(["demo1-20260101.000000", OLD, NEW].toSorted());
  });

  it("finishes the host in hand after the first interrupt and leaves the others", async () => {
    const { world, hosts } = fleetOf(2);
    const stop = new AbortController();
    const { status } = await rollOut(
      world,
      requestFor("update", hosts),
      (event) => event.type === "batch-started" && stop.abort(),
      { stop: stop.signal },
    );
    expect(status).toBe("interrupted");
    expect(world.running("lab1")).toEqual([NEW]);
    expect(world.running("lab2")).toEqual([]);
  });

  it("refuses to stop what it did not plan to stop", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD);
    const { status, events } = await rollOut(world, requestFor("update", hosts), (event) => {
      if (event.type === "batch-started") world.addContainer("lab1", OLDER);
    });
    expect(status).toBe("failed");
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      why: { failure: { reason: "changed-underneath" } },
    });
    expect(world.running("lab1")).toEqual([OLD, OLDER]);
  });
});

describe("interrupts before the first batch", () => {
  it("end as interrupted, change nothing and run no hook before", async () => {
    const { world, hosts } = fleetOf(1);
    const stop = new AbortController();
    const hooks = { before: [["notify"]], after: [], failed: [] };
    const { status } = await rollOut(
      world,
      requestFor("update", hosts, { hooks }),
      (event) => event.type === "planned" && stop.abort(),
      { stop: stop.signal },
    );
    expect(status).toBe("interrupted");
    expect(world.deeds).toEqual(["lab1 pull registry/demo1:v1"]);
  });
});

describe("rollback", () => {
  it("toggles between the newest two versions when done twice", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD, { state: "exited" });
    world.addContainer("lab1", NEW);
    await rollOut(world, requestFor("rollback", hosts));
    expect(world.running("lab1")).toEqual([OLD]);
    await rollOut(world, requestFor("rollback", hosts));
    expect(world.running("lab1")).toEqual([NEW]);
  });

  it("passes over versions that died by themselves when nothing runs, and says so", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD, { state: "exited", exitCode: 143 });
    world.addContainer("lab1", NEW, { state: "exited", exitCode: 1 });
    const { events } = await rollOut(world, requestFor("rollback", hosts));
    expect(world.running("lab1")).toEqual([OLD]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "step-finished", result: { version: OLD, passed_over: [NEW] } }),
    );
  });

  it("changes nothing where the named version runs already", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD);
    const { status } = await rollOut(world, requestFor("rollback", hosts, { to: OLD }));
    expect(status).toBe("succeeded");
    expect(world.deeds).toEqual([]);
  });

  it("goes to the version that --to names, by name or by stamp", async () => {
    for (const to of [OLDER, "20261001.090000"]) {
      const { world, hosts } = fleetOf(1);
      world.addContainer("lab1", OLDER, { state: "exited" });
      world.addContainer("lab1", OLD, { state: "exited" });
      world.addContainer("lab1", NEW);
      await rollOut(world, requestFor("rollback", hosts, { to }));
      expect(world.running("lab1")).toEqual([OLDER]);
    }
  });

  it("touches no host when one of them has nothing to go back to", async () => {
    const { world, hosts } = fleetOf(2);
    world.addContainer("lab1", OLD, { state: "exited" });
    world.addContainer("lab1", NEW);
    world.addContainer("lab2", NEW);
    const { status } = await rollOut(world, requestFor("rollback", hosts));
    expect(status).toBe("failed");
    expect(world.deeds).toEqual([]);
  });

  it("brings back the running version where the target does not come up", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD, { state: "exited", behaviour: "exits" });
    world.addContainer("lab1", NEW);
    const { status } = await rollOut(world, requestFor("rollback", hosts));
    expect(status).toBe("failed");
    expect(world.running("lab1")).toEqual([NEW]);
  });
});

describe("restart, stop_soft and inquiry", () => {
  it("restart stops and starts the running version", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD);
    await rollOut(world, requestFor("restart", hosts));
    expect(world.deeds).toEqual([`lab1 stop ${OLD}`, `lab1 start ${OLD}`]);
  });

  it("restart starts the newest version where nothing runs", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLDER, { state: "exited" });
    world.addContainer("lab1", OLD, { state: "exited" });
    await rollOut(world, requestFor("restart", hosts));
    expect(world.running("lab1")).toEqual([OLD]);
  });

  it("stop_soft stops what runs, and succeeds where nothing does", async () => {
    const { world, hosts } = fleetOf(2);
    world.addContainer("lab1", OLD);
    const { status } = await rollOut(world, requestFor("stop_soft", hosts));
    expect(status).toBe("succeeded");
    expect(world.deeds).toEqual([`lab1 stop ${OLD}`]);
  });

  it("inquiry shows the hosts that answer, takes no lock, and ends as unreachable when one does not", async () => {
    const { world, hosts } = fleetOf(2);
    world.addContainer("lab1", OLD);
    world.locks.set("lab1 demo1", { run: "r0", user: "li", machine: "m", since: "now" });
    world.faults.set("lab2 open", { reason: "host-unreachable", host: "lab2", address: "lab2", detail: "no route" });
    const { status, events } = await rollOut(world, requestFor("inquiry", hosts));
    expect(status).toBe("unreachable");
    expect(events).toContainEqual(expect.objectContaining({ type: "step-finished", host: "lab1" }));
  });
});
