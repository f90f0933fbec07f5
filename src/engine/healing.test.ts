import { describe, expect, it } from "vitest";
import { requestFor, rollOut } from "../../test/fakes/rollout.ts";
import { FakeWorld } from "../../test/fakes/world.ts";
import type { Host } from "../domain/host.ts";
import type { Failure } from "./errors.ts";

const NEW = "demo1-20261123.101010";
const OLD = "demo1-20261101.090000";
const OLDER = "demo1-20261001.090000";

function fleetOf(count: number): { world: FakeWorld; hosts: Host[] } {
  const world = new FakeWorld();
  world.addImage("registry/demo1:v1");
  const hosts = Array.from({ length: count }, (_, index) => world.addHost(`lab${index + 1}`));
  return { world, hosts };
}

describe("update with a strategy, a failure policy or hooks", () => {
  it("start-first starts the new version beside the old one before that is stopped", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD);
    const { status } = await rollOut(world, requestFor("update", hosts, { strategy: "start-first" }));
    expect(status).toBe("succeeded");
    expect(world.deeds.slice(1)).toEqual([`lab1 run ${NEW}`, `lab1 stop ${OLD}`]);
  });

  it("start-first never stops the old version where the new one does not come up", async () => {
    const { world, hosts } = fleetOf(1);
    world.addImage("registry/demo1:v1", "exits");
    world.addContainer("lab1", OLD);
    const { status } = await rollOut(world, requestFor("update", hosts, { strategy: "start-first" }));
    expect(status).toBe("failed");
    expect(world.deeds).not.toContain(`lab1 stop ${OLD}`);
    expect(world.running("lab1")).toEqual([OLD]);
  });

  it("OnFailure revert takes the hosts that were done back too, and leaves the rest", async () => {
    const { world, hosts } = fleetOf(3);
    for (const { name } of hosts) world.addContainer(name, OLD);
    world.faults.set("lab2 run", { reason: "run-refused", host: "lab2", container: NEW, exitCode: 125, detail: "no" });
    const { status, events } = await rollOut(world, requestFor("update", hosts, { onFailure: "revert" }));
    expect(status).toBe("failed");
    for (const { name } of hosts) expect(world.running(name)).toEqual([OLD]);
    expect(events.at(-1)).toMatchObject({
      hosts: [{ verdict: "reverted", now: OLD }, { verdict: "rescued" }, { verdict: "untouched" }],
    });
  });

  it("OnFailure revert also acts when it was the last batch that failed", async () => {
    const { world, hosts } = fleetOf(2);
    for (const { name } of hosts) world.addContainer(name, OLD);
    world.faults.set("lab2 run", { reason: "run-refused", host: "lab2", container: NEW, exitCode: 125, detail: "no" });
    await rollOut(world, requestFor("update", hosts, { onFailure: "revert" }));
    for (const { name } of hosts) expect(world.running(name)).toEqual([OLD]);
  });

  it("does not take out the last host that serves after another has failed, unless forced", async () => {
    for (const force of [false, true]) {
      const { world, hosts } = fleetOf(2);
      world.addContainer("lab2", OLD);
      world.faults.set("lab1 run", {
        reason: "run-refused",
        host: "lab1",
        container: NEW,
        exitCode: 125,
        detail: "no",
      });
      const { events } = await rollOut(world, requestFor("update", hosts, { maxFailed: 1, force }));
      expect(world.running("lab2")).toEqual([force ? NEW : OLD]);
      expect(events.some((event) => event.type === "run-stopped" && event.because === "last-healthy")).toBe(!force);
    }
  });

  it("runs hooks before the first change and after the end, and tells them how it ended", async () => {
    const { world, hosts } = fleetOf(1);
    const hooks = { before: [["notify"]], after: [["celebrate"]], failed: [["alarm"]] };
    await rollOut(world, requestFor("update", hosts, { hooks }));
    expect(world.deeds.filter((deed) => !deed.includes("pull"))).toEqual([
      "hook notify starting",
      `lab1 run ${NEW}`,
      "hook celebrate succeeded",
    ]);
  });

  it("changes nothing when the hook before fails", async () => {
    const { world, hosts } = fleetOf(1);
    world.hookCodes.set("notify", 1);
    const hooks = { before: [["notify"], ["never"]], after: [["celebrate"]], failed: [["alarm"]] };
    const { status } = await rollOut(world, requestFor("update", hosts, { hooks }));
    expect(status).toBe("failed");
    expect(world.running("lab1")).toEqual([]);
    expect(world.deeds.filter((deed) => deed.startsWith("hook"))).toEqual([
      "hook notify starting",
      "hook alarm failed",
    ]);
  });
});

describe("healing", () => {
  const refused = (host: string): Failure => ({
    reason: "run-refused",
    host,
    container: NEW,
    exitCode: 125,
    detail: "no",
  });

  it("starts what ran before even where the failed version cannot be renamed", async () => {
    const { world, hosts } = fleetOf(1);
    world.addImage("registry/demo1:v1", "exits");
    world.addContainer("lab1", OLD);
    world.faults.set("lab1 rename", {
      reason: "docker-error",
      host: "lab1",
      action: "docker rename",
      status: 409,
      detail: "taken",
    });
    const { events } = await rollOut(world, requestFor("update", hosts));
    expect(world.running("lab1")).toEqual([OLD]);
    expect(events.find((event) => event.type === "host-rescue")).toMatchObject({
      restored: OLD,
      failure: { status: 409 },
    });
  });

  it("never calls a host rescued whose engine is still stopping the old version", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD);
    world.faults.set("lab1 stop", { reason: "deadline", host: "lab1", action: "docker stop", seconds: 40 });
    const { events } = await rollOut(world, requestFor("update", hosts));
    expect(events.at(-1)).toMatchObject({ hosts: [{ verdict: "failed" }] });
  });

  it("does not stop or rename a container of the same name that somebody else has made", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD);
    world.faults.set("lab1 run", refused("lab1"));
    await rollOut(world, requestFor("update", hosts), (event) => {
      if (event.type === "step-failed") world.addContainer("lab1", NEW, { state: "exited" });
    });
    expect(world.names("lab1")).toContain(NEW);
    expect(world.running("lab1")).toEqual([OLD]);
  });

  it("start-first goes back where the new version dies before the old one is stopped", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLD);
    const { status } = await rollOut(world, requestFor("update", hosts, { strategy: "start-first" }), (event) => {
      if (event.type === "step-started" && event.step.kind === "stop")
        world.set("lab1", NEW, { state: "exited", exitCode: 1 });
    });
    expect(status).toBe("failed");
    expect(world.deeds).not.toContain(`lab1 stop ${OLD}`);
    expect(world.running("lab1")).toEqual([OLD]);
  });

  it("OnFailure revert leaves restarted hosts running", async () => {
    const { world, hosts } = fleetOf(2);
    for (const { name } of hosts) world.addContainer(name, OLD);
    world.faults.set("lab2 stop", {
      reason: "docker-error",
      host: "lab2",
      action: "docker stop",
      status: 500,
      detail: "no",
    });
    await rollOut(world, requestFor("restart", hosts, { onFailure: "revert" }));
    expect(world.running("lab1")).toEqual([OLD]);
    expect(world.running("lab2")).toEqual([OLD]);
  });

  it("goes back to the version that serves where several run", async () => {
    const { world, hosts } = fleetOf(1);
    world.addContainer("lab1", OLDER);
    world.addContainer("lab1", OLD, { state: "restarting" });
    world.faults.set("lab1 run", refused("lab1"));
    await rollOut(world, requestFor("update", hosts));
    expect(world.running("lab1")).toEqual([OLDER]);
  });

  it("takes a lost lock again before it touches the host, and leaves the host alone where another run has it", async () => {
    for (const taken of [false, true]) {
      const { world, hosts } = fleetOf(1);
      world.addContainer("lab1", OLD);
      const { events } = await rollOut(world, requestFor("update", hosts), (event) => {
        if (event.type !== "step-started" || event.step.kind !== "run") return;
        world.loseLock("lab1 demo1");
        if (taken) world.locks.set("lab1 demo1", { run: "r0", user: "li", machine: "m", since: "now" });
      });
      expect(world.running("lab1")).toEqual(taken ? [] : [OLD]);
      expect(events.at(-1)).toMatchObject({ hosts: [{ verdict: taken ? "failed" : "rescued" }] });
    }
  });

  it("Keep never removes the version that ran before", async () => {
    const { world, hosts } = fleetOf(1);
    const own = { labels: { "gantry.run": "r0" } };
    world.addContainer("lab1", OLDER, own);
    world.addContainer("lab1", OLD, { state: "exited", ...own });
    await rollOut(world, requestFor("update", hosts, { keep: 1 }));
    expect(world.names("lab1")).toContain(OLDER);
  });
});
