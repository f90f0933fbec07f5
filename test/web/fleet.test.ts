import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Fleet } from "../../src/contract/fleet.ts";
import { fakeFleet, fleetState } from "../fakes/console/fake-fleet.ts";
import { type FakeWorld, fakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, visit } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** A world with this fleet. */
function worldWith(fleet: Fleet): FakeWorld {
  const world = fakeWorld();
  world.answers.set("GET /fleet", { status: 200, body: fleet });
  world.answers.set("GET /fleet/state", { status: 200, body: { sources: fleet.sources } });
  return world;
}
/** Ten thousand cells on a machine that others use too. */
const SLOW = { timeout: 40_000 };
const big = fakeFleet(200, 50);
const matrix = (page: Page) => page.getByRole("region", { name: "Versions of projects on hosts" });

describe("a fleet of 200 hosts and 50 projects", () => {
  test("shows the larger of both downwards, and draws only what is in view", async () => {
    await using visitor = await visit(browser, worldWith(big), { width: 1440, height: 900 });
    const { page } = visitor;
    await visitor.open("/fleet");
    await matrix(page).waitFor(SLOW);
    const table = page.getByRole("table");
    expect(await table.getAttribute("aria-rowcount")).toBe("201");
    expect(await table.getAttribute("aria-colcount")).toBe("51");
    expect(await table.getByRole("columnheader").first().innerText()).toBe("Host");
    expect(await page.getByRole("row").count()).toBeLessThan(60);
    expect(await page.getByRole("cell").count()).toBeLessThan(2500);
  });

  test("scrolls to its far corner and back, with names in view all the time", async () => {
    await using visitor = await visit(browser, worldWith(big), { width: 1440, height: 900 });
    const { page } = visitor;
    await visitor.open("/fleet");
    const frame = matrix(page);
    await frame.waitFor(SLOW);
    const last = big.hosts.at(-1)?.name ?? "";
    const lastProject = big.projects.at(-1)?.name ?? "";
    await page.evaluate("document.querySelector('section[tabindex]').scrollTo(1e6, 1e6)");
    const host = page.getByRole("rowheader", { name: last });
    const project = page.getByRole("columnheader", { name: lastProject });
    await host.waitFor();
    await project.waitFor();
    const box = await frame.boundingBox();
    const [hostBox, projectBox] = [await host.boundingBox(), await project.boundingBox()];
    expect(Math.abs((hostBox?.x ?? 0) - (box?.x ?? 0))).toBeLessThan(3);
    expect(Math.abs((projectBox?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(3);
    await page.evaluate("document.querySelector('section[tabindex]').scrollTo(0, 0)");
    await page.getByRole("rowheader", { name: big.hosts[0]?.name ?? "" }).waitFor();
  });

  test("stays smooth: half of the frames of a scroll through all of it are drawn in less than a second, on a busy machine too", async () => {
    await using visitor = await visit(browser, worldWith(big), { width: 1440, height: 900 });
    await visitor.open("/fleet");
    await matrix(visitor.page).waitFor(SLOW);
    const gaps = await visitor.page.evaluate<number[]>(`(async () => {
      const element = document.querySelector("section[tabindex]");
      const seen = [];
      let before = performance.now();
      for (let step = 0; step < 60; step++) {
        element.scrollTo(step * 60, (step / 60) * element.scrollHeight);
        await new Promise(requestAnimationFrame);
        seen.push(performance.now() - before);
        before = performance.now();
      }
      return seen.toSorted((a, b) => a - b);
    })()`);
    // The median is what one feels; a shared machine may hold up a single frame.
    expect(gaps[Math.floor(gaps.length / 2)]).toBeLessThan(1000);
  });

  test("is narrowed by text, by group and to what drifts; the address keeps it", async () => {
    await using visitor = await visit(browser, worldWith(big));
    const { page } = visitor;
    await visitor.open("/fleet");
    await matrix(page).waitFor(SLOW);
    await page.getByRole("textbox", { name: "Text" }).fill("demo1");
    await page.getByRole("columnheader", { name: "demo1" }).waitFor();
    await expect.poll(() => page.getByRole("table").getAttribute("aria-colcount"), SLOW).toBe("2");
    await page.getByLabel("Inventory group").selectOption("batch");
    await expect.poll(() => page.getByRole("table").getAttribute("aria-rowcount"), SLOW).toBe("101");
    await page.getByLabel("Drift only").check();
    await expect
      .poll(async () => Number(await page.getByRole("table").getAttribute("aria-rowcount")), SLOW)
      .toBeLessThan(20);
    expect(page.url()).toMatch(/text=demo1.*group=batch.*drift=1/);
    await page.reload();
    await expect.poll(() => page.getByRole("table").getAttribute("aria-colcount"), SLOW).toBe("2");
    await page.getByRole("textbox", { name: "Text" }).fill("there is no such thing");
    await page.getByText("No host and no project matches").waitFor();
    await page.getByRole("link", { name: "Clear filters" }).click();
    await matrix(page).waitFor(SLOW);
  });

  test("says what is wrong by words, and leads from a cell to the project", async () => {
    await using visitor = await visit(browser, worldWith(big));
    const { page } = visitor;
    await visitor.open("/fleet?drift=1");
    await matrix(page).waitFor(SLOW);
    for (const word of ["differs", "unhealthy", "nothing runs"])
      expect(await page.getByRole("cell").getByText(word, { exact: true }).count(), word).toBeGreaterThan(0);
    await visitor.open("/fleet?text=demo1");
    await page.getByRole("cell").getByRole("link").first().click();
    await page.getByRole("heading", { level: 1, name: "demo1" }).waitFor();
    expect(page.url()).toMatch(/\/fleet\/1\/projects\/demo1\?host=web-001/);
  });

  test("is a list by project on a phone, in which nothing scrolls sideways", async () => {
    await using visitor = await visit(browser, worldWith(big), { width: 360, height: 740, language: "zh-CN" });
    const { page } = visitor;
    await visitor.open("/fleet");
    const demo = page.getByRole("button", { name: /^demo1/ });
    await demo.waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
    await demo.click();
    await page.getByRole("link", { name: "web-150.example.com" }).first().waitFor();
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
    expect([...(await axeFindings(page)), ...visitor.complaints]).toEqual([]);
  });
});

test("an answer that comes meanwhile is shown by itself", async () => {
  const world = worldWith(fakeFleet(3, 2));
  world.answers.set("GET /fleet/state", { status: 200, body: fleetState({ refreshing: true }) });
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/fleet");
  await page.getByText("Looking…").waitFor();
  const later = { ...fakeFleet(4, 2), ...fleetState({ at: new Date().toISOString() }) };
  world.answers.set("GET /fleet", { status: 200, body: later });
  world.answers.set("GET /fleet/state", { status: 200, body: { sources: later.sources } });
  await page.getByRole("rowheader", { name: "web-004" }).waitFor(SLOW);
  await page.getByRole("button", { name: "Look again" }).click();
  await expect
    .poll(() => world.changes, SLOW)
    .toMatchObject([{ call: "POST /fleet/refresh", body: { environment: 1 } }]);
});

test("a config centre that could not be asked is named beside what it said last", async () => {
  const reason = {
    reason: "place" as const,
    detail: "ops1 cannot be asked: no route to host",
    at: fleetState().sources[0]?.at ?? "",
  };
  const world = worldWith({ ...fakeFleet(3, 2), ...fleetState({ problem: reason }) });
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/fleet");
  await page.getByText("ops1 could not tell what runs").waitFor();
  await page.getByText("no route to host").waitFor();
  await page.getByRole("rowheader", { name: "web-001" }).waitFor();
});

describe("the page of a project", () => {
  test("leads to orders whose forms are filled in, also back to a version", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/fleet/1/projects/demo1");
    const update = page.getByRole("link", { name: "restart demo1 by the order project_group1" });
    const values = (href: string | null) =>
      JSON.parse(new URL(href ?? "", "http://x").searchParams.get("values") ?? "");
    expect(values(await update.getAttribute("href"))).toEqual({ group1: ["demo1"], DockerDeployMode: ["restart"] });
    const back = page
      .getByRole("row", { name: /demo1-20261101\.101010/ })
      .getByRole("link", { name: "Roll back to it" });
    expect(values(await back.getAttribute("href"))).toEqual({ group1: ["demo1"], to: ["demo1-20261101.101010"] });
    const failed = page.getByRole("row", { name: /failed/ }).getByRole("link", { name: "Roll back to it" });
    expect(await failed.count()).toBe(0);
    expect(await page.getByRole("link", { name: "#4312" }).first().getAttribute("href")).toBe("/requests/4312");
  });

  test("of a host says why it cannot be reached", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/fleet/1/hosts/web-006.example.com");
    await page.getByText("This host could not be looked at").waitFor();
    await page.getByText(/No route to host/).waitFor();
    await visitor.open("/fleet/1/hosts/nobody");
    await page.getByText("This host is not known").waitFor();
  });
});

test("who may not see fleets does not find them", async () => {
  const world = fakeWorld();
  const account = world.session?.account;
  if (world.session !== null && account !== undefined)
    world.session = { ...world.session, account: { ...account, permissions: ["submit"] } };
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/orders");
  const rail = page.getByRole("navigation", { name: "Main navigation" });
  expect(await rail.getByRole("link", { name: "Fleet" }).count()).toBe(0);
  await visitor.open("/fleet");
  await page.getByRole("heading", { name: "You may not see this" }).waitFor();
});
