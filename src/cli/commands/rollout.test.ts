import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeAdapters, HomeTree, runCommandLine, type Printed } from "../../../test/fakes/command-line.ts";
import { FakeWorld } from "../../../test/fakes/world.ts";
import type { RunEvent } from "../../engine/events.ts";

let world: FakeWorld;
let tree: HomeTree;

beforeEach(() => {
  world = new FakeWorld();
  world.addImage("registry/demo1:latest");
  tree = new HomeTree();
  tree.configure({ demo1: { HealthCheck: { settle: 0 } } });
  tree.write("hosts", "[demo1]\nlab1\nlab2\n");
  for (const name of ["lab1", "lab2"]) world.addHost(name);
});
afterEach(() => tree.remove());

function gantry(line: string, env: NodeJS.ProcessEnv): Promise<Printed> {
  const all = { ...tree.env, ...env };
  return runCommandLine(line.split(" "), { env: all, adapters: fakeAdapters(world, all) });
}

function eventsIn(path: string): RunEvent[] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

describe("GANTRY_JOURNAL", () => {
  it("names a file that gets all events, signs of life among them, beside the usual files", async () => {
    const path = join(tree.path, "spool.ndjson");
    const { code } = await gantry("update demo1 -e stage --task-name-created t1", { GANTRY_JOURNAL: path });
    expect(code).toBe(0);
    const live = eventsIn(path);
    expect([live[0]?.type, live.at(-1)?.type]).toEqual(["run-started", "run-finished"]);
    expect(live.filter(({ type }) => type === "step-progress")).toHaveLength(2);
    const usual = eventsIn(join(tree.logs, "pl_deploy_docker.log.t1.ndjson"));
    expect(usual).toEqual(live.filter(({ type }) => type !== "step-progress"));
    expect(existsSync(join(tree.logs, "pl_deploy_docker.log.t1"))).toBe(true);
  });

  it("is kept for an inquiry too", async () => {
    const path = join(tree.path, "spool.ndjson");
    expect(await gantry("inquiry demo1 -e stage", { GANTRY_JOURNAL: path })).toMatchObject({ code: 0 });
    expect(eventsIn(path)[0]).toMatchObject({ type: "run-started", mode: "inquiry" });
  });

  it("that cannot be written is an error before anything is touched", async () => {
    const path = join(tree.path, "none", "spool.ndjson");
    const { code, stdout, stderr } = await gantry("update demo1 -e stage", { GANTRY_JOURNAL: path });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/spool\.ndjson cannot be written: ENOENT.*Nothing was changed\..*\$GANTRY_JOURNAL/);
    expect(world.deeds).toEqual([]);
  });
});

describe("GANTRY_USER", () => {
  it("is recorded in events, labels and locks", async () => {
    const locked = vi.spyOn(world.locks, "set");
    const path = join(tree.path, "spool.ndjson");
    const name = "王 小明 <wang@example.com>";
    const { code } = await gantry("update demo1 -e stage", {
      GANTRY_USER: name,
      GANTRY_JOURNAL: path,
      SUDO_USER: "li",
    });
    expect(code).toBe(0);
    const events = eventsIn(path);
    expect(events[0]).toMatchObject({ type: "run-started", user: name });
    const runs = events.flatMap((event) => (event.type === "planned" ? event.plan.hosts : []));
    expect(JSON.stringify(runs)).toContain(`"gantry.user=${name}"`);
    expect(locked.mock.calls.map(([, { user }]) => user)).toEqual([name, name]);
  });

  it.each(["\u001b[31mwang", "wang\n", " ", "x".repeat(101), "\u202ewang"])("%j is refused", async (name) => {
    const { code, stderr } = await gantry("update demo1 -e stage", { GANTRY_USER: name });
    expect(code).toBe(1);
    expect(stderr).toBe(
      "$GANTRY_USER is not allowed: it needs 1 to 100 characters that can be shown, in one line. Nothing was changed.\n",
    );
    expect(world.deeds).toEqual([]);
    expect(existsSync(tree.logs) ? readdirSync(tree.logs) : []).toEqual([]);
  });

  it("that is empty counts as none", async () => {
    const path = join(tree.path, "spool.ndjson");
    await gantry("inquiry demo1 -e stage", { GANTRY_USER: "", GANTRY_JOURNAL: path, SUDO_USER: "li" });
    expect(eventsIn(path)[0]).toMatchObject({ user: "li" });
  });
});
