import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { PlanPreview } from "../../src/contract/requests.ts";
import type { RunEvent } from "../../src/engine/events.ts";
import { serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { rolling } from "./fleet.ts";
import { Home } from "./gantry.ts";

let lab: Lab;
let home: Home;

beforeAll(async () => {
  lab = openLab("test");
  home = new Home();
  home.inventory(lab, { demo1: rolling }, "[away]\nnowhere ansible_host=203.0.113.9\n");
  for (const version of ["v1", "v2"]) await lab.push(serviceImage({ name: "demo1", version }));
});
beforeEach(async () => {
  home.configure(lab, { demo1: { HealthCheck: { settle: "0s" }, StopTimeout: "3s" } });
  await lab.reset();
});
afterAll(() => home.remove());

async function planned(...args: string[]): Promise<{ code: number | null; plan: PlanPreview; seconds: number }> {
  const { code, stdout, seconds } = await home.run(["plan", ...args, "-e", "stage", "--output", "json"]);
  return { code, plan: PlanPreview.parse(JSON.parse(stdout)), seconds };
}

async function containers(): Promise<string[]> {
  const all = await Promise.all(rolling.map((host) => lab.host(host).docker("ps", "-a", "--format", "{{.Names}}")));
  return all.map(({ stdout }) => stdout.trim());
}

it("plan shows what update and rollback then do, and touches nothing", async () => {
  const images = () => lab.host("lab1").docker("images", "--no-trunc");
  const before = (await images()).stdout;
  const first = await planned("update", "demo1", "-t", "v1");
  expect(first.code).toBe(0);
  expect(first.plan.hosts.map(({ running }) => running)).toEqual([[], [], []]);
  expect(await containers()).toEqual(["", "", ""]);
  expect((await images()).stdout).toBe(before);

  const update = (tag: string) => home.run(["update", "demo1", "-e", "stage", "-t", tag, "-s", "3"]);
  expect((await update("v1")).code).toBe(0);
  expect((await update("v2")).code).toBe(0);
  const rollback = await planned("rollback", "demo1", "-s", "1,100%");
  expect(rollback).toMatchObject({ code: 0, plan: { batches: [["lab1"], ["lab2", "lab3"]], problem: null } });
  for (const host of rollback.plan.hosts)
    expect(host).toMatchObject({ reachable: true, image: `${lab.registry}/demo1:v2`, problem: null });
  const events = await home.run(["rollback", "demo1", "-e", "stage", "--output", "ndjson"]);
  const titles = events.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent)
    .flatMap((event) => (event.type === "step-started" && event.host === "lab1" ? [event.step.title] : []));
  expect(rollback.plan.steps).toEqual(titles);
});

it("plan tells of an unreachable host in less time than a release takes", async () => {
  const { code, plan, seconds } = await planned("update_hard", "demo1", "-t", "v1", "-a", "demo1:away");
  expect(code).toBe(4);
  expect(plan.hosts.find(({ host }) => host === "nowhere")).toMatchObject({ reachable: false });
  expect(plan.batches).toEqual(rolling.map((host) => [host]));
  expect(seconds).toBeLessThan(12);
});

it("plan tells who holds the lock in the middle of a run", async () => {
  home.configure(lab, { demo1: { HealthCheck: { settle: "3s" } } });
  let during: ReturnType<typeof planned> | undefined;
  const run = await home.run(["update", "demo1", "-e", "stage", "-t", "v1", "-a", "lab1", "--output", "ndjson"], {
    env: { GANTRY_USER: "王小明" },
    onOutput: (text) => {
      if (text.includes('"batch-started"')) during ??= planned("restart", "demo1", "-a", "lab1");
    },
  });
  expect(run.code).toBe(0);
  const locked = await during;
  expect(locked?.code).toBe(5);
  expect(locked?.plan.hosts[0]?.problem).toContain("王小明");
});

it("versions lists what rollback --to takes, and the release goes back to it", async () => {
  for (const tag of ["v1", "v2"])
    expect((await home.run(["update", "demo1", "-e", "stage", "-t", tag, "-s", "3"])).code).toBe(0);
  const listed = await home.run(["versions", "demo1", "-e", "stage", "--json"]);
  expect(listed.code).toBe(0);
  const versions = JSON.parse(listed.stdout) as { version: string; image: string; hosts: string[] }[];
  expect(versions).toEqual([
    { version: expect.stringMatching(/^demo1-/), image: `${lab.registry}/demo1:v1`, hosts: [...rolling] },
  ]);
  const back = await home.run(["rollback", "demo1", "-e", "stage", "--to", versions[0]?.version ?? "", "-s", "3"]);
  expect(back.code).toBe(0);
});

it("GANTRY_JOURNAL gets a run's events while it goes on, GANTRY_USER stands in labels", async () => {
  const path = join(home.path, "live.ndjson");
  const seen: number[] = [];
  const { code } = await home.run(["update", "demo1", "-e", "stage", "-t", "v1"], {
    env: { GANTRY_JOURNAL: path, GANTRY_USER: "王小明" },
    onOutput: () => seen.push(readFileSync(path, "utf8").split("\n").length),
  });
  expect(code).toBe(0);
  const events = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
  expect([events[0]?.type, events.at(-1)?.type]).toEqual(["run-started", "run-finished"]);
  expect(new Set(seen).size).toBeGreaterThan(3);
  const label = '{{index .Config.Labels "gantry.user"}}';
  const [name = ""] = await containers();
  expect((await lab.host("lab1").docker("inspect", "-f", label, name)).stdout.trim()).toBe("王小明");
});
