import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { output as words } from "../../src/contract/words/en/output.ts";
import { paths } from "../../src/web/paths.ts";
import { axeFindings, tooWide } from "../web/axe-findings.ts";
import { launchBrowser } from "../web/visitor.ts";
import { Fleet } from "./console-fleet.ts";
import { type Look, Person } from "./console-person.ts";
import {
  board,
  findOrder,
  isInView,
  log,
  logStatus,
  planHosts,
  preview,
  sees,
  submit,
  whyBundle,
} from "./console-requests.ts";
import { closeConsole, openSite, PASSWORD, type Site } from "./console-site.ts";
import { rolling } from "./fleet.ts";

let browser: Browser;
let fleet: Fleet;
let site: Site;
/** What runs on all hosts all the time. */
let version: string;
/** Orders and requests that the pages are looked at with. */
let order: number;
let failed: number;

beforeAll(async () => {
  [browser, fleet] = await Promise.all([launchBrowser(), Fleet.open({ settle: "1s" })]);
  const env = { GANTRY_HOME: fleet.home.path, ANSIBLE_INVENTORY: fleet.inventory };
  [site] = await Promise.all([openSite({ env }), fleet.publish("v1")]);
  version = await fleet.releaseByHand();
  order = await defineOrders(site);
  await site.hire("wang");
});
afterAll(async () => {
  await closeConsole(site?.console);
  await browser?.close();
  fleet?.home.remove();
});

/** The orders of the demo; returns the id of the first. */
async function defineOrders({ admin, order: define }: Site): Promise<number> {
  const { id: environment } = await admin.define("environment", { name: "stage" });
  const variable = async (...args: Parameters<typeof admin.define<"variable">>): Promise<number> =>
    (await admin.define(...args)).id;
  const project = await variable("variable", {
    name: "group1",
    label: "Project",
    source: { kind: "script", command: "var_json_keys -e {sk__env} -k demo", timeout: 20 },
    formType: "select",
  });
  const mode = await variable("variable", {
    name: "DockerDeployMode",
    label: "ExecMode",
    source: { kind: "list", values: ["update", "restart", "rollback"] },
    formType: "radio",
  });
  const tag = await variable("variable", {
    name: "tag",
    label: "Image tag",
    source: { kind: "tags", project: "{group1}", limit: 50 },
    formType: "select",
  });
  const group = async (name: string, variables: number[]): Promise<number> =>
    (await admin.define("variable_group", { name, variables })).id;
  const line = "main_docker_deploy -e {sk__env} -p {group1} -tnc {sk__task_name_created}";
  await define("release_tag", `${line} -m update -t {tag}`, {
    environment,
    variableGroup: await group("project_tag", [project, tag]),
  });
  return define("project_group1", `${line} -m {DockerDeployMode}`, {
    environment,
    variableGroup: await group("project_mode", [project, mode]),
  });
}

describe("a release whose container exits", () => {
  let wang: Person;
  beforeAll(async () => {
    wang = await Person.arrive(browser, site.console.url);
    await wang.signIn("wang", PASSWORD);
  });
  afterAll(() => wang?.[Symbol.asyncDispose]());

  it("fails, and the host runs again what ran before, as docker shows", async () => {
    await findOrder(wang, "rel", "release_tag");
    await wang.choose("Project", "demo1");
    await wang.choose("Image tag", "broken");
    await preview(wang)
      .getByText(/^main_docker_deploy .* -m update -t broken$/)
      .waitFor();
    failed = await submit(wang);
    await sees(wang, "failed", 90);
    expect(await fleet.running()).toEqual(rolling.map(() => [version]));
    const { stdout } = await fleet.lab.host("lab1").docker("ps", "-a", "--format", "{{.Names}}");
    expect(stdout).toMatch(/^demo1-\d{8}\.\d{6}-failed$/m);
  });

  it("is explained above the log: host and step, exit code, the container's last lines, what runs where now", async () => {
    const why = whyBundle(wang);
    const text = await why.innerText();
    expect(text).toContain(wang.text.board.why.where("lab1", words.steps.run));
    expect(text).toContain(wang.text.board.why.exitCode(3));
    expect(text).toContain("cannot read /etc/app.conf: no such file");
    expect(text).toContain(`lab1 went back to ${version}.`);
    const hosts = await why.getByRole("list").last().getByRole("listitem").allInnerTexts();
    expect(hosts).toEqual([
      `lab1 ${version} ${words.verdicts.rescued}`,
      `lab2 ${version} ${words.verdicts.untouched}`,
      `lab3 ${version} ${words.verdicts.untouched}`,
    ]);
    const [explained, read] = await Promise.all([why.boundingBox(), log(wang).boundingBox()]);
    expect((explained?.y ?? 0) + (explained?.height ?? 0)).toBeLessThanOrEqual(read?.y ?? 0);
    expect(await board(wang).getByRole("row", { name: "lab1" }).innerText()).toContain(words.verdicts.rescued);
    await why.getByRole("link", { name: wang.text.board.why.again }).waitFor();
  });

  it("has a log that is opened at the first error, and comes back to it by its button", async () => {
    const error = log(wang).getByText(/^fatal: \[lab1\]: FAILED!/);
    await expect.poll(() => isInView(wang, error), { timeout: 10_000 }).toBe(true);
    // In a low window the beginning and the error do not stand there together.
    await wang.page.setViewportSize({ width: 1280, height: 480 });
    await log(wang).press("Home");
    await expect
      .poll(
        () =>
          isInView(
            wang,
            log(wang)
              .getByText(/^PLAY \[/)
              .first(),
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
    expect(await isInView(wang, error)).toBe(false);
    await wang.press(wang.text.logs.firstError);
    await expect.poll(() => isInView(wang, error), { timeout: 10_000 }).toBe(true);
    expect(wang.complaints).toEqual([]);
  });
});

it("at 360 px everything from the order to the result is done without scrolling sideways", async () => {
  await using wang = await Person.arrive(browser, site.console.url, { width: 360, height: 740 });
  const width: Record<string, number> = {};
  const look = async (name: string): Promise<void> => void (width[name] = await tooWide(wang.page));
  await look("sign-in");
  await wang.signIn("wang", PASSWORD);
  await look("now");
  await findOrder(wang, "pro", "project_group1");
  await wang.choose("Project", "demo1");
  await wang.tick("restart");
  await planHosts(wang)
    .getByRole("row", { name: `lab3 ${version}` })
    .waitFor();
  await look("order");
  await submit(wang);
  await sees(wang, "running");
  await board(wang).getByText("lab1", { exact: true }).waitFor();
  await look("running");
  await sees(wang, "succeeded", 90);
  await logStatus(wang, "ended").waitFor();
  await look("result");
  await wang.open(paths.request(failed));
  await whyBundle(wang).waitFor();
  await look("failed");
  await wang.visit("history");
  await look("history");
  expect(
    Object.values(width).every((pixels) => pixels <= 0),
    JSON.stringify(width),
  ).toBe(true);
  expect(wang.complaints).toEqual([]);
});

const LOOKS: readonly Look[] = [
  { language: "en", scheme: "light" },
  { language: "zh", scheme: "dark", width: 360, height: 740 },
];

it.each(LOOKS)("axe finds nothing serious on pages of real requests in $language, $scheme", async (look) => {
  await using wang = await Person.arrive(browser, site.console.url, look);
  await wang.signIn("wang", PASSWORD);
  const found: Record<string, readonly string[]> = {};
  await findOrder(wang, "pro", "project_group1");
  await wang.choose("Project", "demo1");
  await wang.tick("update");
  await planHosts(wang).waitFor();
  found["order"] = await axeFindings(wang.page);
  await wang.open(paths.request(failed));
  await whyBundle(wang).waitFor();
  await logStatus(wang, "ended").waitFor();
  found["request"] = await axeFindings(wang.page);
  await wang.visit("history");
  await wang.page.getByRole("link", { name: `#${failed}` }).waitFor();
  found["history"] = await axeFindings(wang.page);
  const { id } = await site.admin.submit(order, { group1: "demo1", DockerDeployMode: "restart" });
  await wang.visit("now");
  await wang.page.getByRole("link", { name: `#${id} project_group1` }).waitFor();
  found["now"] = await axeFindings(wang.page);
  await site.admin.until(id);
  expect(found).toEqual({ order: [], request: [], history: [], now: [] });
});
