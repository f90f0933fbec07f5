import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../src/web/paths.ts";
import { axeFindings } from "../web/axe-findings.ts";
import { launchBrowser } from "../web/visitor.ts";
import { Fleet } from "./console-fleet.ts";
import { Person } from "./console-person.ts";
import { closeConsole, openSite, PASSWORD, type Site } from "./console-site.ts";
import { rolling } from "./fleet.ts";

/** Milliseconds until the console has looked at the hosts again. */
const LOOK = 60_000;

let browser: Browser;
let fleet: Fleet;
let site: Site;
let wang: Person;
let environment: number;
/** What runs on all hosts at first, and what was released after it. */
let first: string;

beforeAll(async () => {
  [browser, fleet] = await Promise.all([launchBrowser(), Fleet.open()]);
  const env = { GANTRY_HOME: fleet.home.path, ANSIBLE_INVENTORY: fleet.inventory };
  [site] = await Promise.all([openSite({ env }), fleet.publish("v1")]);
  first = await fleet.releaseByHand();
  const { admin } = site;
  ({ id: environment } = await admin.define("environment", { name: "stage" }));
  const project = await admin.define("variable", {
    name: "project",
    label: "Project",
    source: { kind: "projects", keyword: "demo", exclude: "" },
    formType: "select",
  });
  const mode = await admin.define("variable", {
    name: "mode",
    label: "Mode",
    source: { kind: "list", values: ["update_hard", "rollback"] },
    formType: "radio",
  });
  const group = await admin.define("variable_group", { name: "releases", variables: [project.id, mode.id] });
  const line = "main_docker_deploy -e {sk__env} -p {project} -m {mode} -s 3 -tnc {sk__task_name_created}";
  await site.order("release", line, { environment, variableGroup: group.id });
  await site.hire("wang");
  wang = await Person.arrive(browser, site.console.url);
  await wang.signIn("wang", PASSWORD);
});
afterAll(async () => {
  await wang?.[Symbol.asyncDispose]();
  await closeConsole(site?.console);
  await browser?.close();
  fleet?.home.remove();
});

const cells = async (): Promise<readonly string[]> => {
  const seen = await site.admin.call("GET /fleet", { query: { environment } });
  const demo = seen.projects.find(({ name }) => name === "demo1");
  return (demo?.cells ?? []).map(({ host, version, marks }) => [host, version, ...marks].join(" "));
};

describe("the fleet of the lab", { timeout: 180_000 }, () => {
  it("shows what runs on hosts with old and new engines, which is the same", async () => {
    await wang.page.goto(`${wang.url}${paths.fleet({ environment: String(environment) })}`);
    await wang.page.getByRole("columnheader", { name: "lab1" }).waitFor({ timeout: LOOK });
    expect(await cells()).toEqual(rolling.map((host) => `${host} ${first}`));
    const seen = await site.admin.call("GET /fleet", { query: { environment } });
    const engines = new Set(seen.hosts.map(({ docker }) => docker?.engine.split(".")[0]));
    expect(engines).toEqual(new Set(["20", "28"]));
    expect(await axeFindings(wang.page)).toEqual([]);
  });

  it("is renewed by a release, without anybody asking, and leads to its request", async () => {
    await fleet.publish("v2");
    const orders = await site.admin.call("GET /orders");
    const order = orders.items.find(({ name }) => name === "release")?.id ?? 0;
    const { id } = await site.admin.submit(order, { project: "demo1", mode: "update_hard" });
    expect((await site.admin.until(id, undefined, 120)).state).toBe("succeeded");
    await expect.poll(async () => (await cells()).join(), { timeout: LOOK }).not.toContain(first);
    const [[version = ""] = []] = await fleet.running();
    expect(await cells()).toEqual(rolling.map((host) => `${host} ${version}`));
    await wang.page.getByRole("cell").getByText(version.slice(-15)).first().waitFor({ timeout: LOOK });
    await wang.page.getByRole("cell").getByRole("link").first().click();
    await wang.page.getByRole("heading", { level: 1, name: "demo1" }).waitFor();
    await wang.page
      .getByRole("link", { name: `#${id}` })
      .first()
      .waitFor();
  });

  it("marks a host on which somebody has started the old version by hand", async () => {
    const [[version = ""] = []] = await fleet.running();
    const lab = fleet.lab.host("lab2");
    await lab.docker("stop", "-t", "1", version);
    await lab.docker("start", first);
    await site.admin.call("POST /fleet/refresh", { body: { environment } });
    await expect
      .poll(cells, { timeout: LOOK })
      .toEqual([`lab1 ${version}`, `lab2 ${first} differs released`, `lab3 ${version}`]);
    await wang.page.goto(`${wang.url}${paths.fleet({ environment: String(environment), drift: "1" })}`);
    await wang.page.getByRole("cell").getByText(wang.text.fleet.marks.differs).waitFor({ timeout: LOOK });
    expect(wang.complaints).toEqual([]);
  });
});
