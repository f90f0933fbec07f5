import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, visit } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test("a channel of each kind asks for what it needs, and a test says how it went", async () => {
  const world = fakeWorld();
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/configuration/notification-channels/new");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Releases");
  await page.getByRole("radio", { name: "WeCom" }).check();
  expect(await page.getByLabel("Signing secret").count()).toBe(0);
  await page.getByRole("radio", { name: "E-mail" }).check();
  await page.getByRole("textbox", { name: "SMTP server" }).waitFor();
  await page.getByRole("radio", { name: "DingTalk" }).check();
  await page.getByRole("textbox", { name: "Address of the webhook" }).fill("https://chat.example/robot?token=1");
  await page.getByLabel("Signing secret").fill("SEC");
  await page.getByRole("button", { name: "Send a test message" }).click();
  await page.getByText("refused: HTTP 418: short and stout").waitFor();
  const { body } = world.changes.at(-1) ?? {};
  expect(body).toMatchObject({ id: null, data: { kind: "dingtalk", secret: "SEC", name: "Releases" } });
});

test("an order names channels and what they are told of", async () => {
  const world = fakeWorld();
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/configuration/work-orders/50");
  await page.getByRole("button", { name: "Add a channel" }).click();
  await page.getByRole("combobox", { name: "Channel", exact: true }).click();
  await page.getByRole("option", { name: "Releases (DingTalk)" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(() => world.changes.at(-1)?.body)
    .toMatchObject({
      data: { notifications: [{ channel: 60, events: ["waiting", "refused", "succeeded", "failed"] }] },
    });
});

test("one chooses on one's own page what one hears of by e-mail", async () => {
  const world = fakeWorld();
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/account");
  await page.getByRole("checkbox", { name: "Succeeded" }).check();
  const part = page.getByRole("region", { name: "E-mail" });
  await part.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => world.changes.at(-1)?.body).toEqual({ own: ["succeeded", "failed"], asked: true });
});

test("an import shows first what would change, and is applied only then", async () => {
  const world = fakeWorld();
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/configuration/work-orders");
  await page.getByRole("link", { name: "Export and import" }).click();
  await page.getByRole("textbox", { name: "File" }).fill("categories: [{ name: DataFix }]");
  expect(await page.getByRole("button", { name: "Import 2 changes" }).count()).toBe(0);
  await page.getByRole("button", { name: "Show what would change" }).click();
  await page.getByText("echo new").waitFor();
  await page.getByRole("button", { name: "Import 2 changes" }).click();
  await expect
    .poll(() => world.changes.map(({ body }) => (body as { dryRun?: boolean }).dryRun))
    .toEqual([true, false]);
  await page.getByRole("textbox", { name: "File" }).fill("something else");
  await expect.poll(() => page.getByRole("button", { name: "Import 2 changes" }).count()).toBe(0);
});

test.each([
  ["en", "light", 1280],
  ["zh-CN", "dark", 360],
] as const)("these pages are accessible, fit and break no policy (%s, %s, %i px)", async (language, scheme, width) => {
  await using visitor = await visit(browser, fakeWorld(), { language, scheme, width });
  for (const path of ["/configuration/notification-channels/new", "/configuration/file", "/account"]) {
    await visitor.open(path);
    expect([path, await axeFindings(visitor.page)]).toEqual([path, []]);
    expect(await tooWide(visitor.page), path).toBeLessThanOrEqual(0);
  }
  expect(visitor.complaints).toEqual([]);
});
