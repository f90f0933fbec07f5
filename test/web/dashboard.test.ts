import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BUILT_IN_ROLES } from "../../src/contract/states.ts";
import { pastRequests } from "../fakes/console/fake-history.ts";
import { ADMINISTRATOR, type FakeWorld, fakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, type Look, visit, type Visitor } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function busyWorld(requests = 700): FakeWorld {
  return { ...fakeWorld(), requests: pastRequests(requests) };
}
const search = ({ page }: Visitor): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams);
const tile = ({ page }: Visitor, name: string) =>
  page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: page.getByRole("link", { name, exact: true }) });
/** How many requests the history shows, all pages together. */
async function listed(visitor: Visitor): Promise<number> {
  await visitor.page.getByRole("heading", { name: "History" }).waitFor();
  let count = 0;
  for (;;) {
    await visitor.page.getByRole("table").getByRole("link").first().waitFor();
    count += await visitor.page.getByRole("table").getByRole("link").count();
    const older = visitor.page.getByRole("link", { name: "Older" });
    if ((await older.count()) === 0) return count;
    const first = await visitor.page.getByRole("table").getByRole("link").first().innerText();
    await older.click();
    await visitor.page.getByRole("link", { name: first, exact: true }).waitFor({ state: "detached" });
  }
}

describe("filters", () => {
  test("stand in the address, and come back out of it", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/dashboard");
    await page.getByLabel("Period").selectOption("Last 30 days");
    await page.getByLabel("Order", { exact: true }).selectOption("project_group1");
    await page.getByLabel("Submitted by").fill("wang");
    await page.waitForURL("**/dashboard?**by=wang**");
    expect(search(visitor)).toEqual({ range: "30d", order: "50", by: "wang" });
    await page.reload();
    await page.getByRole("region", { name: "By person" }).getByRole("link", { name: "wang" }).waitFor();
    expect(await page.getByLabel("Period").inputValue()).toBe("30d");
    expect(await page.getByRole("region", { name: "By person" }).getByRole("row").count()).toBe(2);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.waitForURL("**/dashboard?range=30d");
  });

  test("of one's own time begin with the period that was shown, and name the zone", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/dashboard");
    await page.getByLabel("Period").selectOption("From … until …");
    await page.waitForURL("**/dashboard?**range=own**");
    const { from = "", to = "" } = search(visitor);
    expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBeCloseTo(6.5, 0);
    expect(await page.getByText("Asia/Shanghai").count()).toBe(2);
  });

  test("follow the environment at the top", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/dashboard");
    const environments = page.getByRole("region", { name: "By environment" });
    await environments.getByRole("link", { name: "stage" }).waitFor();
    await page.getByRole("button", { name: "Environment: All environments" }).click();
    await page.getByRole("menuitemradio", { name: "prod" }).click();
    await environments.getByRole("link", { name: "stage" }).waitFor({ state: "detached" });
    await tile(visitor, "Requests").getByRole("link").click();
    await page.waitForURL("**/history?environment=1&**");
  });
});

describe("everything leads to the requests behind it", () => {
  test("a tile by the keyboard, with as many as it says", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/dashboard");
    await tile(visitor, "Failure rate").waitFor();
    const about = await tile(visitor, "Failure rate").innerText();
    const failures = Number(/(\d+) of \d+ failed or lost/u.exec(about)?.[1]);
    expect(failures).toBeGreaterThan(0);
    await tile(visitor, "Failure rate").getByRole("link").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/history?**state=failed%2Clost**");
    expect(await listed(visitor)).toBe(failures);
  });

  test("those that wait now, however long ago they were submitted", async () => {
    await using visitor = await visit(browser, busyWorld());
    await visitor.open("/dashboard?range=24h");
    await tile(visitor, "Waiting now").getByText("3", { exact: true }).waitFor();
    await tile(visitor, "Waiting now").getByRole("link").click();
    await visitor.page.waitForURL("**/history?state=waiting%2Capproved%2Cscheduled%2Cqueued");
    expect(await listed(visitor)).toBe(3);
  });

  test("a bar of a chart by the pointer, and the same numbers as a table by the keyboard", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/dashboard");
    const figure = page.getByRole("figure", { name: "Requests by outcome" });
    // A part of the day before yesterday, whose day is over.
    const bars = figure.locator(".recharts-bar-rectangle path");
    await bars.first().waitFor();
    await bars.nth(3).click();
    await page.waitForURL("**/history?**state=failed");
    const { from = "", to = "" } = search(visitor);
    expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000);
    const failed = await listed(visitor);
    expect(failed).toBeGreaterThan(0);
    await visitor.open("/dashboard");
    await page.getByText("As a table").first().focus();
    await page.keyboard.press("Enter");
    const cell = figure.getByRole("row").nth(4).getByRole("link").last();
    expect(await cell.innerText()).toBe(String(failed));
    const href = new URL((await cell.getAttribute("href")) ?? "", visitor.console.url);
    expect(Object.fromEntries(href.searchParams)).toEqual({ from, to, state: "failed" });
  });

  test("an order, a person, a state and an environment, each within the period", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/dashboard");
    const leads = async (region: string, link: string | RegExp): Promise<Record<string, string>> => {
      const found = page.getByRole("region", { name: region }).getByRole("link", { name: link }).first();
      const href = new URL((await found.getAttribute("href")) ?? "", visitor.console.url);
      expect(href.pathname).toBe("/history");
      const { from, to, ...rest } = Object.fromEntries(href.searchParams);
      expect([from, to].map((time) => Number.isNaN(Date.parse(time ?? "")))).toEqual([false, false]);
      return rest;
    };
    expect(await leads("By environment", "stage")).toEqual({ environment: "2" });
    expect(await leads("By category", "DataFix")).toEqual({ category: "11" });
    expect(await leads("By category", "without a category")).toEqual({ category: "0" });
    expect(await leads("By person", "zhao")).toEqual({ by: "zhao" });
    expect(await leads("By person", /failed$/u)).toMatchObject({ state: "failed,lost" });
    expect(await leads("By state", "succeeded")).toEqual({ state: "succeeded" });
    expect(await leads("Slowest orders", /project_group2/u)).toEqual({ order: "52" });
    expect(await leads("Most failing orders", /^\d+$/u)).toMatchObject({ state: "failed,lost" });
  });
});

test("tiles say what was before, and which way it went", async () => {
  const world = busyWorld(0);
  const now = Date.now();
  const [request] = pastRequests(1);
  if (request === undefined) throw new Error("there is a request");
  const made = (id: number, daysAgo: number, state: "succeeded" | "failed"): typeof request => {
    const submittedAt = new Date(now - daysAgo * 86_400_000).toISOString();
    return { ...request, id, state, submittedAt, startedAt: submittedAt, endedAt: submittedAt };
  };
  world.requests = [
    made(1, 8, "succeeded"),
    made(2, 9, "succeeded"),
    made(3, 1, "failed"),
    made(4, 2, "succeeded"),
    made(5, 3, "succeeded"),
    made(6, 3, "succeeded"),
  ];
  await using visitor = await visit(browser, world);
  await visitor.open("/dashboard");
  await tile(visitor, "Requests").getByText("100% more").waitFor();
  await tile(visitor, "Requests").getByText("before: 2").waitFor();
  await tile(visitor, "Failure rate").getByText("25.0 points more").waitFor();
});

test("without requests the page says what belongs there", async () => {
  await using visitor = await visit(browser, busyWorld(0));
  await visitor.open("/dashboard");
  await visitor.page.getByText("Nothing was submitted in this period").waitFor();
});

test("the dashboard is for those with its permission", async () => {
  const account = { ...ADMINISTRATOR.account, role: "submitter", permissions: [...BUILT_IN_ROLES.submitter] };
  await using visitor = await visit(browser, fakeWorld({ ...ADMINISTRATOR, account }));
  const { page } = visitor;
  await visitor.open("/dashboard");
  await page.getByRole("heading", { name: "You may not see this" }).waitFor();
  expect(await page.getByRole("link", { name: "Dashboard" }).count()).toBe(0);
});

test("what draws is loaded by the dashboard only", async () => {
  await using visitor = await visit(browser, busyWorld());
  const { page } = visitor;
  const scripts: string[] = [];
  page.on("request", (request) => void scripts.push(new URL(request.url()).pathname));
  await visitor.open("/history");
  await page.waitForLoadState("networkidle");
  expect(scripts.filter((path) => path.includes("time-charts"))).toEqual([]);
  await visitor.open("/dashboard");
  await page.locator(".recharts-surface").first().waitFor();
  expect(scripts.some((path) => /time-charts.*\.js$/u.test(path))).toBe(true);
});

const LOOKS: readonly Look[] = [
  { language: "en", scheme: "light", width: 1440 },
  { language: "zh-CN", scheme: "dark", width: 360, height: 740 },
];
test.each(LOOKS)("axe finds nothing serious, no policy is broken: $language $scheme $width", async (look) => {
  await using visitor = await visit(browser, busyWorld(), look);
  const { page } = visitor;
  await visitor.open("/dashboard?range=24h");
  await page.locator(".recharts-surface").first().waitFor();
  for (const summary of await page.locator("summary").all()) await summary.click();
  await page.locator(".recharts-surface").first().hover();
  await page.waitForTimeout(300);
  expect({ axe: await axeFindings(page), complaints: visitor.complaints }).toEqual({ axe: [], complaints: [] });
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
});
