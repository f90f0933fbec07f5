import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createGantryAtPlace } from "./gantry-at-place.ts";
import { gantryEnvironment, type GantryAt } from "./gantry-at.ts";
import { createLocalGantry } from "./local-gantry.ts";
import type { LocalGantryParts } from "./local-parts.ts";
import { startMachine } from "./machine.fixture.ts";

const running = "demo1-20261123.101010";
const kept = ["demo1-20261120.090301", "demo1-20261101.101010"];
const containers = [
  { name: running, image: "registry/demo1:v3", state: "running" as const },
  ...kept.toReversed().map((name) => ({ name, image: "registry/demo1:v2", state: "exited" as const })),
  { name: "demo10-20261122.101010", image: "registry/demo10:v2", state: "exited" as const },
];
const environment = "stage";

describe.each<[string, (parts: LocalGantryParts) => GantryAt]>([
  ["within this process", createLocalGantry],
  ["by its commands at a place", createGantryAtPlace],
])("Gantry asked %s", { timeout: 60_000 }, (_, create) => {
  const start = async (tags: readonly string[] = []) => {
    const machine = await startMachine(containers, tags);
    return { ...machine, gantry: create(machine.parts) };
  };

  it("lists projects by the rules of var_json_keys", async () => {
    const { gantry, tree } = await start();
    const ask = (keyword: string, exclude = "") => gantry.projects({ environment, keyword, exclude });
    expect(await ask("")).toEqual({ ok: true, value: ["demo1", "my-demo2", "web"] });
    expect(await ask("None", "None")).toEqual({ ok: true, value: ["demo1", "my-demo2", "web"] });
    expect(await ask("demo")).toEqual({ ok: true, value: ["demo1", "my-demo2"] });
    expect(await ask("^demo")).toEqual({ ok: true, value: ["demo1"] });
    expect(await ask(String.raw`my\-demo|web`, "e[b]")).toEqual({ ok: true, value: ["my-demo2"] });
    expect(await ask("(")).toMatchObject({ ok: false, failure: { reason: "refused" } });
    // Nothing else of the file need be right.
    tree.write("conf/stage_conf.json", '{"public": {}, "demo1": {"Bad": 1}}');
    expect(await ask("")).toEqual({ ok: true, value: ["demo1"] });
  });

  it("lists tags of a project's image, newest first, and no more than asked for", async () => {
    const { gantry } = await start(["1.9", "1.10", "latest", "1.8"]);
    const ask = (limit: number) => gantry.tags({ environment, project: "demo1", limit });
    expect(await ask(10)).toEqual({ ok: true, value: ["1.10", "latest", "1.9", "1.8"] });
    expect(await ask(1)).toEqual({ ok: true, value: ["1.10"] });
  });

  it("lists the versions that are kept, newest first, each once", async () => {
    const { gantry } = await start();
    expect(await gantry.versions({ environment, project: "demo1" })).toEqual({ ok: true, value: kept });
  });

  it("surveys an environment's fleet: what runs where, what is kept, and what is wrong with hosts and projects", async () => {
    const { gantry, tree } = await start();
    const surveyed = await gantry.fleet({ environment });
    if (!surveyed.ok) throw new Error(surveyed.failure.detail);
    const { groups, hosts, projects } = surveyed.value;
    const lab = ["lab1", "lab2", "lab3"];
    expect(groups).toEqual([
      { name: "demo1", hosts: lab },
      { name: "demo", hosts: lab },
    ]);
    expect(projects).toEqual([
      { name: "demo1", hosts: lab, problem: null },
      { name: "my-demo2", hosts: [], problem: expect.stringContaining("my-demo2") },
      { name: "web", hosts: [], problem: expect.stringContaining("web") },
    ]);
    expect(hosts.map(({ name, failure, docker }) => [name, failure, docker?.engine])).toEqual(
      lab.map((name) => [name, null, "28.0.0"]),
    );
    expect(hosts[0]?.versions.map(({ version, state }) => `${version} ${state}`)).toEqual([
      `${running} running`,
      ...kept.map((version) => `${version} exited`),
    ]);
    rmSync(`${tree.path}/docker.sock`);
    const silent = await gantry.fleet({ environment });
    expect(silent).toMatchObject({ ok: true, value: { hosts: lab.map((name) => ({ name, versions: [] })) } });
    expect(silent.ok && silent.value.hosts.every(({ failure }) => failure !== null)).toBe(true);
    tree.write("conf/stage_conf.json", "{");
    expect(await gantry.fleet({ environment })).toMatchObject({ ok: false, failure: { reason: "refused" } });
  });

  it("lists the groups that have hosts or children, without Ansible's own", async () => {
    const { gantry } = await start();
    expect(await gantry.groups({ keyword: "" })).toEqual({ ok: true, value: ["demo", "demo1"] });
    expect(await gantry.groups({ keyword: "1$" })).toEqual({ ok: true, value: ["demo1"] });
  });

  it("says in the language asked for what is wrong with files, inventory, registry and hosts", async () => {
    const { gantry, tree, parts } = await start();
    const project = "demo";
    const unknown = await gantry.versions({ environment, project });
    expect(unknown).toMatchObject({ ok: false, failure: { reason: "refused" } });
    expect(unknown).toHaveProperty("failure.detail", expect.stringMatching(/"demo".*demo1/));
    const chinese = await gantry.tags({ environment, project, limit: 5 }, { language: "zh" });
    expect(chinese).toHaveProperty("failure.detail", expect.stringMatching(/[\u4e00-\u9fff].*demo1/));
    const inventory = await gantry.versions({ environment, project: "web" });
    expect(inventory).toHaveProperty("failure.detail", expect.stringMatching(/"web"/));
    const image = await gantry.tags({ environment, project: "my-demo2", limit: 5 });
    expect(image).toHaveProperty("failure.detail", expect.stringMatching(/my-demo2/));
    rmSync(`${tree.path}/docker.sock`);
    const hosts = await gantry.versions({ environment, project: "demo1" });
    expect(hosts).toMatchObject({ ok: false, failure: { reason: "refused" } });
    expect(hosts).toHaveProperty("failure.detail", expect.stringMatching(/lab1[^]*lab2[^]*lab3/));
    rmSync(parts.gantryEnv["ANSIBLE_INVENTORY"] ?? "");
    const groups = await gantry.groups({ keyword: "" });
    expect(groups).toHaveProperty("failure.detail", expect.stringContaining(tree.inventory));
  });

  it("takes a name for a name, never for an option", async () => {
    const { gantry } = await start();
    for (const project of ["--home=/nonexistent", "-h", "--json", "--"]) {
      const asked = await gantry.versions({ environment, project });
      expect(asked).toMatchObject({ ok: false, failure: { reason: "refused" } });
      expect(asked).toHaveProperty("failure.detail", expect.stringContaining(`"${project}"`));
    }
  });

  it("shows what a command line would do and what runs there now", async () => {
    const { gantry } = await start();
    const order =
      "main_docker_deploy -e stage -p demo1 -t v4 -m update -tnc group1.20261123.101010 -s 2 --output ndjson";
    const plan = await gantry.plan(order.split(" "));
    expect(plan).toMatchObject({
      mode: "update",
      project: "demo1",
      environment,
      image: expect.stringMatching(/^127\.0\.0\.1:\d+\/demo1:v4$/),
      batches: [["lab1", "lab2"], ["lab3"]],
      problem: null,
    });
    const host = { reachable: true, running: [running], image: "registry/demo1:v3", problem: null };
    expect(plan.hosts).toEqual(["lab1", "lab2", "lab3"].map((name) => ({ host: name, ...host })));
  });

  it("tells as a problem what keeps a plan from being made", async () => {
    const { gantry } = await start();
    const unknown = await gantry.plan(["gantry", "update", "demo", "-e", "stage"], { language: "zh" });
    expect(unknown).toMatchObject({ mode: "update", project: "demo", environment, hosts: [] });
    expect(unknown.problem).toMatch(/[\u4e00-\u9fff].*demo1/);
    const wrong = await gantry.plan(["gantry", "update", "demo1"]);
    expect(wrong).toMatchObject({ mode: "update", project: "demo1", environment: "" });
    expect(wrong.problem).toContain("--environment");
    expect((await gantry.plan(["echo", "hello"])).problem).toMatch(/none that Gantry plans/);
  });
});

it("an environment leads Gantry to what the definition says, else to what the console was started with", () => {
  const none = { gantryHome: "", inventory: "" };
  expect(gantryEnvironment({ gantryHome: "/srv/deploy", inventory: "/srv/hosts" })).toEqual({
    GANTRY_HOME: "/srv/deploy",
    ANSIBLE_INVENTORY: "/srv/hosts",
  });
  expect(gantryEnvironment(none)).toEqual({});
  expect(gantryEnvironment({ ...none, inventory: "/x" }, { GANTRY_HOME: "/home", ANSIBLE_INVENTORY: "/y" })).toEqual({
    GANTRY_HOME: "/home",
    ANSIBLE_INVENTORY: "/x",
  });
});
