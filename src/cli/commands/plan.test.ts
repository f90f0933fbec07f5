import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeAdapters, HomeTree, runCommandLine, type Printed } from "../../../test/fakes/command-line.ts";
import { FakeWorld } from "../../../test/fakes/world.ts";
import { PlanPreview } from "../../contract/requests.ts";
import type { Language } from "../../gantry/words/language.ts";

const before = "demo1-20261120.101010";

let world: FakeWorld;
let tree: HomeTree;

beforeEach(() => {
  world = new FakeWorld();
  world.addImage("registry/demo1:v2");
  tree = new HomeTree();
  tree.configure({ demo1: { DockerRunArg: "-d -e DB_PASSWORD=secret" }, cold: { Freeze: [freeze()] } });
  tree.write("hosts", "[demo1]\nlab1\nlab2\nlab3\n[cold]\nlab1\n");
  for (const name of ["lab1", "lab2", "lab3"]) {
    world.addHost(name);
    world.addContainer(name, before, { image: "registry/demo1:v1" });
  }
});
afterEach(() => tree.remove());

function freeze(): object {
  const day = 86_400_000;
  const at = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return { from: at(Date.now() - 2 * day), to: at(Date.now() + 2 * day), reason: "year's end" };
}

function gantry(argv: readonly string[], language: Language = "en"): Promise<Printed> {
  return runCommandLine(argv, { env: tree.env, adapters: fakeAdapters(world, tree.env), language });
}

async function planned(...argv: readonly string[]): Promise<{ code: number; plan: PlanPreview; stderr: string }> {
  const { code, stdout, stderr } = await gantry(["plan", ...argv, "--output", "json"]);
  return { code, plan: PlanPreview.strict().parse(JSON.parse(stdout)), stderr };
}

function unreachable(host: string): void {
  world.faults.set(`${host} open`, { reason: "host-unreachable", host, address: host, detail: "no route" });
}

describe("gantry plan --output json", () => {
  it("prints one object as the console reads it, and touches nothing", async () => {
    const { code, plan, stderr } = await planned(..."update demo1 -e stage -t v2 -s 1,100%".split(" "));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const host = { reachable: true, running: [before], image: "registry/demo1:v1", problem: null };
    expect(plan).toEqual({
      mode: "update",
      project: "demo1",
      environment: "stage",
      image: "registry/demo1:v2",
      batches: [["lab1"], ["lab2", "lab3"]],
      steps: [
        "Step:1/4:Get the DockerAppId which is running.",
        "Step:2/4:Download docker image.",
        "Step:3/4:Docker app stop.",
        "Step:4/4:Docker app run.",
      ],
      hosts: ["lab1", "lab2", "lab3"].map((name) => ({ host: name, ...host })),
      problem: null,
    });
    expect(world.deeds).toEqual([]);
  });

  it("takes the flags of the original", async () => {
    const original = "main_docker_deploy -e stage -p demo1 -t v2 -a lab2:lab3 -m update -tnc name -s 2 -w 3s -c 10";
    const { code, plan } = await planned(...original.split(" "));
    expect(code).toBe(0);
    expect(plan).toMatchObject({ mode: "update", image: "registry/demo1:v2", batches: [["lab2", "lab3"]] });
    const looks = await planned(..."main_docker_deploy -e stage -p demo1 -m inquery".split(" "));
    expect(looks.plan).toMatchObject({ mode: "inquiry", image: null, batches: [["lab1", "lab2", "lab3"]] });
  });

  it("shows an unreachable host as one, with the exit code that a release would have", async () => {
    unreachable("lab2");
    const { code, plan } = await planned("restart", "demo1", "-e", "stage");
    expect(code).toBe(4);
    expect(plan.batches).toEqual([["lab1"], ["lab3"]]);
    expect(plan.hosts[1]).toMatchObject({ reachable: false, running: [], image: null });
    expect(plan.hosts[1]?.problem).toMatch(/lab2.*no route[^]*\n./);
    expect(plan.problem).toBe("The run would not begin: a host is unreachable.");
  });

  it.each([
    ["an image that does not exist", "update demo1 -e stage -t v3", 2, /registry\/demo1:v3.*\n.*\n.*would not begin/],
    ["a version to go back to that there is not", "rollback demo1 -e stage", 2, /would not begin/],
    ["a freeze", "update cold -e stage", 7, /^cold is frozen: year's end\./],
    ["an unknown project", "update demo -e stage", 1, /"demo"[^]*demo1/],
    ["hosts that are not in the inventory", "update demo1 -e stage -a lab1:nope", 1, /nope/],
    ["a bad value", "update demo1 -e stage -s 0 -w soon", 1, /^-s: "0".*\n-w: "soon"/],
  ])("tells of %s", async (_, line, exitCode, problem) => {
    const { code, plan, stderr } = await planned(...line.split(" "));
    expect({ code, stderr }).toEqual({ code: exitCode, stderr: "" });
    expect(plan.problem).toMatch(problem);
    expect(plan.environment).toBe("stage");
  });

  it("tells who holds the lock, and takes none", async () => {
    world.locks.set("lab3 demo1", { run: "r0", user: "li", machine: "m1", since: "2026-11-23T10:00:00Z" });
    const { code, plan } = await planned("restart", "demo1", "-e", "stage");
    expect(code).toBe(5);
    expect(plan.hosts.map(({ problem }) => problem?.includes("r0 of li on m1") ?? false)).toEqual([false, false, true]);
    expect(world.locks.size).toBe(1);
  });
});

describe("gantry plan as text", () => {
  const line = "plan update demo1 -e stage -t v2";

  it("goes through it host by host, in both languages, without secrets", async () => {
    world.set("lab2", before, { state: "exited" });
    const english = await gantry(line.split(" "));
    expect(english).toMatchObject({ code: 0, stderr: "" });
    expect(english.stdout).toMatch(
      /^Plan: update demo1 in stage\n.*\nImage: registry\/demo1:v2 \(sha256:.*\nBatches: lab2 → lab1 → lab3\n/,
    );
    expect(english.stdout).toMatch(
      /^lab1 {2}runs demo1-20261120\.101010 \(registry\/demo1:v1\), then demo1-\d{8}\.\d{6}\n {2}Step:1\/4/m,
    );
    expect(english.stdout).toMatch(
      /^lab2 {2}runs nothing, then demo1-[^]*Step:3\/4:.* \(skipped: nothing is running\)$/m,
    );
    expect(english.stdout).toMatch(/^ {6}docker run --name demo1-.* 'DB_PASSWORD=\[redacted\]' .*registry\/demo1:v2/m);
    expect(english.stdout).toMatch(/\nThe run would begin\.\n$/);
    expect(english.stdout).not.toMatch(/secret|[\u4e00-\u9fff]/);
    const chinese = await gantry(line.split(" "), "zh");
    expect(chinese.stdout).toMatch(/^计划: 在 stage 对 demo1 执行 update\n[^]*\n可以运行。\n$/);
    expect(chinese.stdout).not.toMatch(/Plan|runs|would|skipped/);
  });

  it("shows what is wrong and what to do", async () => {
    unreachable("lab3");
    const { code, stdout } = await gantry(line.split(" "));
    expect(code).toBe(4);
    expect(stdout).toMatch(/^lab3 {2}UNREACHABLE\n {2}.*no route.*\n {2}\S.*$/m);
    expect(stdout).toMatch(/\nThe run would not begin: a host is unreachable\.\n$/);
    expect((await gantry("plan update cold -e stage".split(" "))).stdout).toMatch(/\ncold is frozen: .*\n/);
  });

  it("refuses what it cannot read, like a release", async () => {
    const { code, stdout, stderr } = await gantry("plan update demo -e stage".split(" "));
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("demo1");
    expect(await gantry(["plan", "main_docker_deploy", "-p", "demo1"])).toMatchObject({ code: 1 });
  });
});
