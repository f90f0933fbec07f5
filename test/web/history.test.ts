import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pastRequests } from "../fakes/console/fake-history.ts";
import { type FakeWorld, fakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, type Look, visit, type Visitor } from "./visitor.ts";

/** As long as other waits of a page. */
const SOON = { timeout: 10_000 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function busyWorld(requests = 120): FakeWorld {
  return { ...fakeWorld(), requests: pastRequests(requests) };
}

const table = ({ page }: Visitor) => page.getByRole("table", { name: "Requests, newest first" });
const numbers = async (visitor: Visitor): Promise<number[]> =>
  (await table(visitor).getByRole("link").allInnerTexts()).map((text) => Number(text.slice(1)));
const search = ({ page }: Visitor): URLSearchParams => new URL(page.url()).searchParams;

describe("filters", () => {
  test("stand in the address, and come back out of it", async () => {
    const world = busyWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/history");
    await page.getByLabel("State").selectOption("failed or lost");
    await page.getByLabel("Environment", { exact: true }).selectOption("prod");
    await page.getByLabel("Category").selectOption("DeployDocker");
    await page.getByLabel("Submitted by").fill("wang");
    await page.waitForURL("**/history?**by=wang**");
    expect(Object.fromEntries(search(visitor))).toEqual({
      state: "failed,lost",
      environment: "1",
      category: "10",
      by: "wang",
    });
    const expected = world.requests
      .filter(
        ({ state, environment, category, by }) =>
          ["failed", "lost"].includes(state) && environment.id === 1 && category === "DeployDocker" && by === "wang",
      )
      .map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    await expect.poll(() => numbers(visitor), SOON).toEqual(expected);
    await page.reload();
    await expect.poll(() => numbers(visitor), SOON).toEqual(expected);
    expect(await page.getByLabel("Submitted by").inputValue()).toBe("wang");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => search(visitor).size, SOON).toBe(0);
    expect(await page.getByLabel("Submitted by").inputValue()).toBe("");
  });

  test("find requests by the value of a variable", async () => {
    const world = busyWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/history");
    await page.getByLabel("Variable").selectOption("Project (group1)");
    await page.getByLabel("Value of Project (group1)").fill("gateway");
    await page.waitForURL("**/history?value=group1%3Agateway");
    const expected = world.requests.filter(({ values }) => values?.["group1"]?.[0] === "payment-gateway");
    await expect.poll(async () => (await numbers(visitor))[0], SOON).toBe(expected[0]?.id);
    expect(await table(visitor).getByText("demo2").count()).toBe(0);
  });

  test("name the zone of days, and of a moment that an address holds to the second", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/history?from=2026-11-20T08:00:05.000Z&to=2026-11-21");
    expect(await page.getByLabel("From").inputValue()).toBe("2026-11-20T16:00:05");
    expect(await page.getByLabel("Until").inputValue()).toBe("2026-11-21");
    expect(await page.getByText("Asia/Shanghai").count()).toBe(2);
  });

  test("are behind a button on a phone that says how many there are", async () => {
    await using visitor = await visit(browser, busyWorld(), { width: 360, height: 740 });
    const { page } = visitor;
    await visitor.open("/history?by=wang&state=failed");
    expect(await page.getByLabel("Submitted by").isVisible()).toBe(false);
    await page.getByRole("button", { name: "Filters (2)" }).click();
    await page.getByLabel("Submitted by").waitFor();
  });
});

test("older requests are pages with addresses of their own, which the back button understands", async () => {
  await using visitor = await visit(browser, busyWorld());
  const { page } = visitor;
  await visitor.open("/history?environment=1");
  await expect.poll(async () => (await numbers(visitor)).length, SOON).toBe(50);
  const first = await numbers(visitor);
  await page.getByRole("link", { name: "Older" }).click();
  await page.waitForURL(`**/history?environment=1&after=${first.at(-1)}`);
  await expect.poll(async () => (await numbers(visitor))[0], SOON).toBeLessThan(first.at(-1) ?? 0);
  await page.goBack();
  await expect.poll(() => numbers(visitor), SOON).toEqual(first);
  await page.goForward();
  await page.getByRole("link", { name: "To the newest" }).click();
  await expect.poll(() => numbers(visitor), SOON).toEqual(first);
});

describe("columns", () => {
  test("of variables are chosen, remembered, and go into the CSV together with the filters", async () => {
    const world = busyWorld();
    world.answers.set("GET /requests/csv", { status: 200, body: "Request,State\n4312,running\n" });
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/history?state=failed");
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Image tag (tag)" }).click();
    await page.getByRole("menuitemcheckbox", { name: "Values" }).click();
    await page.keyboard.press("Escape");
    const heads = ["Request", "State", "Order", "Image tag", "Environment", "By", "Submitted", "Duration"];
    await expect.poll(() => table(visitor).getByRole("columnheader").allInnerTexts(), SOON).toEqual(heads);
    const failed = world.requests.find(({ state, values }) => state === "failed" && values?.["tag"]?.length === 1);
    await table(visitor)
      .getByRole("row", { name: `#${failed?.id}` })
      .getByRole("cell", { name: failed?.values?.["tag"]?.[0] ?? "", exact: true })
      .waitFor();
    await page.reload();
    await expect.poll(() => table(visitor).getByRole("columnheader").allInnerTexts(), SOON).toEqual(heads);
    const link = page.getByRole("link", { name: "CSV" });
    const asked = new URL((await link.getAttribute("href")) ?? "", visitor.console.url);
    expect(asked.pathname).toBe("/api/v1/requests/csv");
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      state: "failed",
      columns: "tag",
      language: "en",
      zone: "Asia/Shanghai",
    });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(await download.failure()).toBeNull();
  });

  test("may be more than fit: the table scrolls in its own frame, and a row is a card on a phone", async () => {
    await using visitor = await visit(browser, busyWorld(), { width: 1000 });
    const { page } = visitor;
    const all = ["state", "order", "values", "environment", "category", "by", "submitted", "started", "ended"];
    const stored = JSON.stringify({ fixed: all, variables: ["group1", "DockerDeployMode", "tag"] });
    await page.addInitScript(`localStorage.setItem("gantry.history.columns", ${JSON.stringify(stored)})`);
    await visitor.open("/history");
    await table(visitor).getByRole("columnheader", { name: "ExecMode" }).waitFor();
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByText("payment-gateway", { exact: true }).first().waitFor();
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
  });
});

describe("new requests", () => {
  const announce = (visitor: Visitor, world: FakeWorld): void => {
    const newest = world.requests[0];
    if (newest === undefined) throw new Error("the world has requests");
    const made = { ...newest, id: newest.id + 1, submittedAt: new Date().toISOString() };
    world.requests.unshift(made);
    visitor.console.tell({ type: "request", request: made.id, state: made.state, version: 1 });
  };

  test("appear by themselves at the top while nobody is at the list", async () => {
    const world = busyWorld();
    await using visitor = await visit(browser, world);
    await visitor.open("/history");
    await expect.poll(async () => (await numbers(visitor))[0], SOON).toBe(4312);
    announce(visitor, world);
    await expect.poll(async () => (await numbers(visitor))[0], SOON).toBe(4313);
  });

  test("wait behind a button while the pointer is over the list, so that nothing moves", async () => {
    const world = busyWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/history");
    const row = table(visitor).getByRole("row").nth(3);
    await row.hover();
    const before = await row.boundingBox();
    announce(visitor, world);
    announce(visitor, world);
    await page.getByRole("button", { name: "2 new requests" }).waitFor();
    expect(await numbers(visitor)).not.toContain(4313);
    expect(await row.boundingBox()).toEqual(before);
    await page.getByRole("button", { name: "2 new requests" }).click();
    await expect.poll(async () => (await numbers(visitor)).slice(0, 3), SOON).toEqual([4314, 4313, 4312]);
  });
});

test("without requests the page says what belongs there, and where to begin", async () => {
  await using visitor = await visit(browser, busyWorld(0));
  const { page } = visitor;
  await visitor.open("/history");
  await page.getByText("Nothing has been submitted yet").waitFor();
  await page.getByRole("main").getByRole("link", { name: "To the orders" }).waitFor();
  await visitor.open("/history?by=nobody");
  await page.getByText("No request matches").waitFor();
});

const LOOKS: readonly Look[] = [
  { language: "en", scheme: "light", width: 1440 },
  { language: "zh-CN", scheme: "dark", width: 360, height: 740 },
];
test.each(LOOKS)("axe finds nothing serious, no policy is broken: $language $scheme $width", async (look) => {
  await using visitor = await visit(browser, busyWorld(), look);
  const { page } = visitor;
  await visitor.open("/history?state=failed");
  await page.getByRole("button", { name: /^(Columns|列)$/u }).click();
  await page.getByRole("menuitemcheckbox", { name: "Image tag" }).click();
  await page.waitForTimeout(300);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  if (look.width === 360) await page.getByRole("button", { name: "筛选 (1)" }).click();
  await page.waitForTimeout(300);
  expect({ axe: await axeFindings(page), complaints: visitor.complaints }).toEqual({ axe: [], complaints: [] });
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
});
