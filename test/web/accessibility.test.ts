import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, type Look, visit, type Visitor } from "./visitor.ts";

const PAGES = [
  "/",
  "/orders",
  "/history",
  "/dashboard",
  "/fleet",
  "/fleet/1/hosts/web-006.example.com",
  "/fleet/1/projects/demo1",
  "/configuration/work-orders",
  "/configuration/work-orders/50",
  "/configuration/work-orders/50/versions",
  "/configuration/variables",
  "/configuration/variables/30",
  "/configuration/variables/new",
  "/configuration/variable-groups/40",
  "/configuration/config-centres/21",
  "/configuration/environments/1",
  "/configuration/categories/10",
  "/administration/accounts",
  "/administration/accounts/2",
  "/administration/user-groups",
  "/administration/roles",
  "/administration/object-rules",
  "/administration/audit",
  "/administration/health",
  "/configuration/sign-in-methods",
  "/configuration/sign-in-methods/80",
  "/configuration/sign-in-methods/81",
  "/configuration/sign-in-methods/new",
  "/account",
  "/change-password",
  "/there-is-no-such-page",
];
const LOOKS: readonly Look[] = [
  { language: "en", scheme: "light", width: 1440 },
  { language: "zh-CN", scheme: "dark", width: 360, height: 740 },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What axe finds serious once the page is quiet. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.waitForLoadState("networkidle");
  return axeFindings(page);
}

describe.each(LOOKS)("in $language, $scheme, $width px wide", (look) => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await visit(browser, fakeWorld(), look);
  });
  afterAll(async () => visitor[Symbol.asyncDispose]());

  test.each(PAGES)("%s: axe finds nothing serious, nothing scrolls sideways, no policy is broken", async (path) => {
    await visitor.open(path);
    await visitor.page.waitForLoadState("networkidle");
    expect({
      axe: await findings(visitor.page),
      tooWide: await tooWide(visitor.page),
      complaints: visitor.complaints.splice(0),
    }).toEqual({
      axe: [],
      tooWide: expect.toSatisfy((pixels: number) => pixels <= 0) as number,
      complaints: [],
    });
  });
});

test("nothing scrolls sideways on a tablet or a very wide screen", { timeout: 240_000 }, async () => {
  await using visitor = await visit(browser, fakeWorld(), { width: 768 });
  const wide: Record<string, number> = {};
  for (const width of [768, 1920]) {
    await visitor.page.setViewportSize({ width, height: 900 });
    for (const path of PAGES.filter((each) => each.split("/").length > 2)) {
      await visitor.open(path);
      await visitor.page.waitForLoadState("networkidle");
      const pixels = await tooWide(visitor.page);
      if (pixels > 0) wide[`${path} at ${width}`] = pixels;
    }
  }
  expect(wide).toEqual({});
});

/** What opens over a page: where, and how to open it. */
const OPENED: Readonly<Record<string, readonly [string, (page: Page) => Promise<void>]>> = {
  search: ["/orders", (page) => page.keyboard.press("Control+k")],
  "account menu": ["/orders", (page) => page.getByRole("button", { name: "Account admin" }).click()],
  "environment switch": ["/orders", (page) => page.getByRole("button", { name: "Environment: All" }).click()],
  account: ["/administration/accounts", (page) => page.getByRole("button", { name: "New account" }).click()],
  import: ["/administration/accounts", (page) => page.getByRole("button", { name: "Import" }).click()],
  "new role": ["/administration/roles", (page) => page.getByRole("button", { name: "New role" }).click()],
  "object rule": [
    "/administration/object-rules",
    (page) => page.getByRole("button", { name: "New object rule", exact: true }).click(),
  ],
  "API token": ["/account", (page) => page.getByRole("button", { name: "New API token" }).click()],
  "user group": ["/administration/user-groups", (page) => page.getByRole("button", { name: "New user group" }).click()],
  "delete user group": [
    "/administration/user-groups",
    (page) => page.getByRole("button", { name: "Delete dba" }).click(),
  ],
  copy: ["/configuration/categories/10", (page) => chooseMore(page, "Copy")],
  delete: ["/configuration/categories/10", (page) => chooseMore(page, "Delete")],
};

async function chooseMore(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test.each(Object.entries(OPENED))("axe finds nothing serious when this is open: %s", async (_name, [path, open]) => {
  await using visitor = await visit(browser, fakeWorld());
  await visitor.open(path);
  await open(visitor.page);
  await visitor.page.locator("[role=dialog], [role=menu]").first().waitFor();
  await visitor.page.waitForTimeout(300);
  expect([...(await findings(visitor.page)), ...visitor.complaints]).toEqual([]);
});

test("axe finds nothing serious on the sign-in page", async () => {
  await using visitor = await visit(browser, fakeWorld(null));
  await visitor.open("/sign-in");
  expect([...(await findings(visitor.page)), ...visitor.complaints]).toEqual([]);
});
