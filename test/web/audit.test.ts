import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pastEvents } from "../fakes/console/fake-audit.ts";
import { ADMINISTRATOR, type FakeWorld, fakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, type Look, visit, type Visitor } from "./visitor.ts";

/** As long as other waits of a page. */
const SOON = { timeout: 10_000 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function busyWorld(rounds = 30): FakeWorld {
  return { ...fakeWorld(), audit: pastEvents(rounds) };
}
const events = ({ page }: Visitor) => page.getByRole("main").getByRole("listitem").locator("summary");
const search = ({ page }: Visitor): URLSearchParams => new URL(page.url()).searchParams;

describe("filters", () => {
  test("stand in the address, and come back out of it", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/administration/audit");
    await page.getByLabel("Who").fill("admin");
    await page.getByLabel("What").selectOption("Everything about the configuration");
    await page.getByLabel("Object").selectOption("work order");
    await page.waitForURL("**/audit?**actor=admin**");
    expect(Object.fromEntries(search(visitor))).toEqual({
      actor: "admin",
      action: "configuration",
      kind: "work_order",
    });
    await expect.poll(() => events(visitor).count(), SOON).toBe(30);
    await page.reload();
    await expect.poll(() => events(visitor).count(), SOON).toBe(30);
    expect(await events(visitor).first().innerText()).toContain("changed the definition");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => events(visitor).count(), SOON).toBe(100);
  });

  test("lead on in pages that the back button understands", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/administration/audit");
    await page.getByRole("link", { name: "Older" }).click();
    await page.waitForURL("**/audit?after=111");
    await expect.poll(async () => await events(visitor).first().innerText(), SOON).toContain("110");
    await page.goBack();
    await expect.poll(async () => await events(visitor).first().innerText(), SOON).toContain("210");
  });
});

describe("an event", () => {
  test("opens by the keyboard, shows what was changed, and leads to the object and to all of its events", async () => {
    await using visitor = await visit(browser, busyWorld(2));
    const { page } = visitor;
    await visitor.open("/administration/audit?action=account-changed");
    await events(visitor).first().focus();
    await page.keyboard.press("Enter");
    const changes = page.getByRole("table", { name: "What was changed" });
    await changes.getByRole("row", { name: "role submitter maintainer" }).waitFor();
    await changes.getByRole("row", { name: "groups 1 1, 2" }).waitFor();
    expect(await page.getByRole("link", { name: "Open" }).getAttribute("href")).toBe("/administration/accounts/2");
    await page.getByRole("link", { name: "All events of this object" }).click();
    await page.waitForURL("**/audit?kind=account&id=2");
    await page.getByText("Only account 2").waitFor();
    await expect.poll(() => events(visitor).count(), SOON).toBe(4);
  });

  test("of a definition leads to its versions for those who may see them", async () => {
    const world = busyWorld(1);
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/administration/audit?kind=work_order");
    await events(visitor).first().click();
    const link = page.getByRole("link", { name: "Version 2, before and after" });
    expect(await link.getAttribute("href")).toBe("/configuration/work-orders/50/versions");
    const account = { ...ADMINISTRATOR.account, role: "auditor", permissions: ["audit" as const, "see" as const] };
    world.session = { ...ADMINISTRATOR, account };
    await visitor.open("/administration/audit?kind=work_order");
    await events(visitor).first().click();
    await page.getByText("10.0.4.17").waitFor();
    expect(await link.count()).toBe(0);
  });
});

describe("the chain", () => {
  test("that is whole is said to be, with a head to write down, which a later check takes", async () => {
    const world = busyWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/administration/audit");
    await page.getByRole("button", { name: "Check the chain" }).click();
    const result = page.getByRole("region", { name: "Chain" }).getByRole("status");
    await result.getByText("The chain is whole: 210 events").waitFor();
    const head = await result.locator("code").innerText();
    expect(head).toBe(`210 ${world.audit.at(-1)?.hash}`);
    await page.getByLabel("A head noted earlier").fill(head);
    await page.keyboard.press("Enter");
    await result.getByText("The head noted at event 210 is still there, as it was.").waitFor();
    expect(world.changes.map(({ body }) => body)).toEqual([
      { expected: null },
      { expected: { seq: 210, hash: world.audit.at(-1)?.hash } },
    ]);
  });

  test("that was changed is broken at the event, and the page says what that means", async () => {
    const world = busyWorld();
    const event = world.audit[99];
    if (event === undefined) throw new Error("the world has events");
    world.audit[99] = { ...event, actor: { ...event.actor, name: "somebody else" } };
    await using visitor = await visit(browser, world, { language: "zh-CN" });
    const { page } = visitor;
    await visitor.open("/administration/audit");
    await page.getByRole("button", { name: "检查哈希链" }).click();
    await page.getByText("哈希链在事件 100 处断裂").waitFor();
    await page.getByText("它被修改过").waitFor();
    await page.getByText("在此之前一切正常: 99 个事件。").waitFor();
  });

  test("that was written anew since a head was noted is told by that head", async () => {
    await using visitor = await visit(browser, busyWorld());
    const { page } = visitor;
    await visitor.open("/administration/audit");
    const noted = page.getByLabel("A head noted earlier");
    await noted.fill("12 not a hash");
    await page.getByText("Give the number, a space and the 64 digits").waitFor();
    await noted.fill(`12 ${"0".repeat(64)}`);
    await page.getByRole("button", { name: "Check the chain" }).click();
    await page.getByText("The chain is broken at event 12").waitFor();
    await page.getByText("The head that you noted is not there any more").waitFor();
  });
});

test("the export is a file", async () => {
  await using visitor = await visit(browser, busyWorld());
  const { page } = visitor;
  await visitor.open("/administration/audit");
  const link = page.getByRole("link", { name: "Export NDJSON" });
  expect(await link.getAttribute("href")).toBe("/api/v1/audit/export");
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(await download.failure()).toBeNull();
});

test("without events, and without one that fits, the page says what belongs there", async () => {
  const world = busyWorld(0);
  await using visitor = await visit(browser, world);
  await visitor.open("/administration/audit");
  await visitor.page.getByText("Nothing has been recorded yet").waitFor();
  await visitor.open("/administration/audit?actor=nobody");
  await visitor.page.getByText("No event matches").waitFor();
});

const LOOKS: readonly Look[] = [
  { language: "en", scheme: "light", width: 1440 },
  { language: "zh-CN", scheme: "dark", width: 360, height: 740 },
];
test.each(LOOKS)("axe finds nothing serious, no policy is broken: $language $scheme $width", async (look) => {
  const world = busyWorld(4);
  await using visitor = await visit(browser, world, look);
  const { page } = visitor;
  await visitor.open("/administration/audit");
  for (const place of [0, 1, 5]) await events(visitor).nth(place).click();
  await page.getByRole("button", { name: /Check the chain|检查哈希链/u }).click();
  await page.getByText(/The chain is whole|哈希链完整/u).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  world.audit.splice(3, 1);
  await page.getByRole("button", { name: /Check the chain|检查哈希链/u }).click();
  await page.getByText(/The chain is broken|哈希链在事件/u).waitFor();
  expect({ axe: await axeFindings(page), complaints: visitor.complaints }).toEqual({ axe: [], complaints: [] });
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
});
