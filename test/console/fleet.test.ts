import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fleet, FleetCell, FleetProjectDetail, FleetState } from "../../src/contract/fleet.ts";
import { FakeEngine } from "../fakes/docker-engine.ts";
import { ConsoleClient } from "./console-client.ts";
import { centreWith, gantryHome } from "./gantry-home.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";

const OLD = "demo1-20261101.101010";
const MIDDLE = "demo1-20261120.090301";
const NEW = "demo1-20261123.101010";
const image = (tag: string) => `registry.example.com/demo1:${tag}`;

/** web1 is this machine with an engine of ours; nothing listens where web2 should be. */
const INVENTORY = `
[web]
web1 ansible_connection=local
web2 ansible_host=127.0.0.1 ansible_port=1
[idle]
spare ansible_host=127.0.0.1 ansible_port=1
`;
const PROJECTS = {
  demo1: { DockerImageURL: "registry.example.com/", hosts: "web" },
  demo2: { DockerImageURL: "registry.example.com/", hosts: "web1" },
  lost: { DockerImageURL: "registry.example.com/", hosts: "nowhere" },
};

const home = gantryHome(PROJECTS, INVENTORY);
const engine = new FakeEngine([
  { name: OLD, image: image("v1"), state: "exited", created: Date.UTC(2026, 10, 1) },
  { name: MIDDLE, image: image("v2"), state: "exited", created: Date.UTC(2026, 10, 20) },
  { name: NEW, image: image("v3"), state: "running", created: Date.UTC(2026, 10, 23), started: Date.UTC(2026, 10, 24) },
]);
let open: OpenConsole;
let order: number;
let outsider: ConsoleClient;

beforeAll(async () => {
  const socket = join(home.path, "docker.sock");
  await engine.listen(socket);
  open = await openConsole({ env: { DOCKER_HOST: `unix://${socket}` } });
  const { admin, environment } = open;
  const configCentre = await centreWith(open, home);
  const project = await admin.define("variable", {
    name: "project",
    label: "Project",
    source: { kind: "projects", keyword: "demo", exclude: "" },
    formType: "select",
  });
  const mode = await admin.define("variable", {
    name: "mode",
    label: "Mode",
    source: { kind: "list", values: ["update", "restart", "rollback"] },
    formType: "select",
  });
  const variables = await admin.define("variable_group", { name: "releases", variables: [project.id, mode.id] });
  const defined = await admin.define("work_order", {
    name: "release",
    environment,
    configCentre,
    variableGroup: variables.id,
    mainTask: "main_docker_deploy -e {sk__env} -p {project} -m {mode} -a web1",
  });
  order = defined.id;
  await admin.define("work_order", {
    name: "other",
    environment,
    configCentre: open.configCentre,
    mainTask: "echo hi",
  });
  await admin.call("POST /accounts", { body: { name: "outsider", role: "submitter", password: PASSWORD } });
  outsider = new ConsoleClient(open.console.url);
  await outsider.signIn("outsider", PASSWORD, `${PASSWORD}2`);
}, 120_000);

afterAll(async () => {
  await open?.console.stop();
  engine.close();
  home.remove();
});

const here = () => ({ query: { environment: open.environment } });
const state = (): Promise<FleetState> => open.admin.call("GET /fleet/state", here());
const fleet = (): Promise<Fleet> => open.admin.call("GET /fleet", here());
const detail = (): Promise<FleetProjectDetail> =>
  open.admin.call("GET /fleet/projects/:name", { params: { name: "demo1" }, ...here() });
const cell = (of: Fleet, host: string): FleetCell | undefined =>
  of.projects.find(({ name }) => name === "demo1")?.cells.find((each) => each.host === host);

/** Waits for an answer that is newer than this one. */
async function renewed(before: string | null): Promise<string> {
  await expect
    .poll(async () => (await state()).sources[0], { timeout: 60_000, interval: 200 })
    .toMatchObject({ refreshing: false, at: expect.not.stringMatching(before ?? "^$") });
  return (await state()).sources[0]?.at ?? "";
}

describe("the fleet of an environment", { timeout: 90_000 }, () => {
  it("answers at once and has it asked meanwhile; then it has hosts, groups and what runs where", async () => {
    const began = performance.now();
    const first = await fleet();
    expect(performance.now() - began).toBeLessThan(2000);
    expect(first).toMatchObject({ hosts: [], projects: [], sources: [{ at: null, age: null, refreshing: true }] });
    await renewed(null);
    const seen = await fleet();
    expect(seen.sources).toMatchObject([{ configCentre: { name: "ops" }, refreshing: false, problem: null }]);
    expect(seen.groups).toEqual([{ name: "web", hosts: ["web1", "web2"] }]);
    expect(seen.hosts).toMatchObject([
      { name: "web1", failure: null, docker: { engine: "28.0.0" } },
      { name: "web2", docker: null, failure: { reason: "host-unreachable" } },
    ]);
    expect(cell(seen, "web1")).toMatchObject({ version: NEW, tag: "v3", kept: 2, marks: [] });
    expect(cell(seen, "web1")?.startedAt).toBe("2026-11-24T00:00:00.000Z");
    expect(cell(seen, "web2")).toMatchObject({ version: null, state: "unknown", marks: [] });
    const [, demo2, lost] = seen.projects;
    expect(demo2).toMatchObject({ name: "demo2", cells: [{ host: "web1", version: null, marks: ["nothing"] }] });
    expect(lost).toMatchObject({ name: "lost", cells: [], problem: expect.stringContaining("nowhere") });
  });

  it("is renewed by a run of Gantry; its version is linked with the request, and its page says what can be done", async () => {
    const before = (await state()).sources[0]?.at ?? "";
    const { id } = await open.admin.submit(order, { project: "demo1", mode: "rollback" });
    const ended = await open.admin.until(id);
    expect(ended.state, await open.admin.log(ended)).toBe("succeeded");
    await renewed(before);
    expect(cell(await fleet(), "web1")).toMatchObject({ version: MIDDLE, tag: "v2", marks: [] });
    const page = await detail();
    expect(page.releases).toMatchObject([
      { request: id, mode: "rollback", status: "succeeded", by: "admin", hosts: [{ host: "web1", now: MIDDLE }] },
    ]);
    expect(page.actions).toEqual([
      {
        order: { id: order, name: "release", summary: "" },
        values: { project: ["demo1"] },
        modes: ["update", "restart", "rollback"],
        modeVariable: "mode",
        hostsVariable: null,
        versionVariable: null,
      },
    ]);
    expect(page.hosts[0]?.versions.map(({ version, up, tag }) => [version, up, tag])).toEqual([
      [NEW, false, "v3"],
      [MIDDLE, true, "v2"],
      [OLD, false, "v1"],
    ]);
  });

  it("tells a version that was put there by hand from what was released, once somebody has it asked", async () => {
    const before = (await state()).sources[0]?.at ?? "";
    for (const each of engine.containers) each.state = each.name === OLD ? "running" : "exited";
    const asked = await open.admin.call("POST /fleet/refresh", { body: { environment: open.environment } });
    expect(asked.sources).toMatchObject([{ refreshing: true }]);
    await renewed(before);
    expect(cell(await fleet(), "web1")).toMatchObject({ version: OLD, marks: ["released"], expected: MIDDLE });
  });

  it("shows what each host has, with the request whose run made it", async () => {
    const { admin } = open;
    const before = (await state()).sources[0]?.at ?? "";
    const [last] = (await detail()).releases;
    const run = (await admin.request(last?.request ?? 0)).run?.id ?? 0;
    const { items } = await admin.call("GET /runs/:id/events", { params: { id: run } });
    const label = String(items.find(({ event }) => event["type"] === "run-started")?.event["run"]);
    Object.assign(engine.find(OLD) ?? {}, { labels: { "gantry.run": label, "gantry.user": "wang" } });
    await admin.call("POST /fleet/refresh", { body: { environment: open.environment } });
    await renewed(before);
    const host = await admin.call("GET /fleet/hosts/:name", { params: { name: "web1" }, ...here() });
    expect(host.groups).toEqual(["web"]);
    expect(host.projects.map(({ name }) => name)).toEqual(["demo1", "demo2"]);
    const made = host.projects[0]?.versions.find(({ version }) => version === OLD);
    expect(made).toMatchObject({ user: "wang", request: { id: last?.request, order: "release", by: "admin" } });
    const unreachable = await admin.call("GET /fleet/hosts/:name", { params: { name: "web2" }, ...here() });
    expect(unreachable.host.failure).toMatchObject({ reason: "host-unreachable" });
  });

  it("is asked once, however many look at the same moment", async () => {
    const before = (await state()).sources[0]?.at ?? "";
    const asks = Array.from({ length: 10 }, () =>
      open.admin.call("POST /fleet/refresh", { body: { environment: open.environment } }),
    );
    await Promise.all(asks);
    const at = await renewed(before);
    expect((await state()).sources).toMatchObject([{ at, refreshing: false }]);
  });

  it("keeps the last good answer, with the reason, when there is no new one", async () => {
    const before = (await state()).sources[0]?.at ?? "";
    home.configure("{");
    await open.admin.call("POST /fleet/refresh", { body: { environment: open.environment } });
    await expect
      .poll(async () => (await state()).sources[0]?.problem, { timeout: 60_000, interval: 200 })
      .toMatchObject({ reason: "refused", detail: expect.stringContaining("prod_conf.json") });
    const seen = await fleet();
    expect(seen.sources[0]?.at).toBe(before);
    expect(cell(seen, "web1")).toMatchObject({ version: OLD });
  });
});

describe("who may not see an environment", () => {
  it("does not learn that it is there, nor what runs in it", async () => {
    expect((await outsider.call("GET /fleet/environments")).items).toEqual([]);
    for (const [name, params] of [
      ["GET /fleet", {}],
      ["GET /fleet/state", {}],
      ["GET /fleet/hosts/:name", { name: "web1" }],
      ["GET /fleet/projects/:name", { name: "demo1" }],
    ] as const)
      expect((await outsider.fetch(name, { params, ...here() })).status, name).toBe(404);
    const body = { environment: open.environment };
    expect((await outsider.fetch("POST /fleet/refresh", { body })).status).toBe(404);
    expect((await open.admin.fetch("GET /fleet", { query: { environment: 4711 } })).status).toBe(404);
    expect((await open.admin.fetch("GET /fleet/hosts/:name", { params: { name: "none" }, ...here() })).status).toBe(
      404,
    );
  });

  it("sees it once it may submit one of its orders, and only the actions that it may take", async () => {
    const { admin, environment } = open;
    const group = await admin.call("POST /user-groups", { body: { name: "others" } });
    const accounts = await admin.call("GET /accounts");
    const account = accounts.items.find(({ name }) => name === "outsider");
    await admin.call("PUT /accounts/:id", {
      params: { id: account?.id ?? 0 },
      body: { name: "outsider", role: "submitter", groups: [group.id] },
    });
    await admin.define("work_order", {
      name: "harmless",
      environment,
      configCentre: open.configCentre,
      mainTask: "echo hi",
      submitters: [group.id],
    });
    const { items } = await outsider.call("GET /fleet/environments");
    expect(items).toMatchObject([{ id: environment, name: "prod", asked: true }]);
    const seen = await outsider.call("GET /fleet/projects/:name", { params: { name: "demo1" }, ...here() });
    expect(seen.actions).toEqual([]);
    expect(seen.releases).toEqual([]);
  });
});
