import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeWorld } from "../fakes/console/fake-world.ts";
import { launchBrowser, type Look, visit, type Visitor } from "./visitor.ts";

const PAGES = [
  "/",
  "/orders",
  "/history",
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
  "/administration/user-groups",
  "/administration/health",
  "/change-password",
  "/there-is-no-such-page",
];
const LOOKS: readonly Look[] = [
  { language: "en", scheme: "light", width: 1440 },
  { language: "zh-CN", scheme: "dark", width: 360, height: 740 },
];

let browser: Browser;
let axe: string;
beforeAll(async () => {
  browser = await launchBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});
afterAll(() => browser.close());

/** What axe finds serious, as lines. */
async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`));
}

describe.each(LOOKS)("in $language, $scheme, $width px wide", (look) => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await visit(browser, fakeWorld(), look);
  });
  afterAll(async () => visitor[Symbol.asyncDispose]());

  test.each(PAGES)("%s: axe finds nothing serious, nothing scrolls sideways, no policy is broken", async (path) => {
    await visitor.open(path);
    const tooWide = await visitor.page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
    expect({ axe: await findings(visitor.page), tooWide, complaints: visitor.complaints.splice(0) }).toEqual({
      axe: [],
      tooWide: expect.toSatisfy((pixels: number) => pixels <= 0) as number,
      complaints: [],
    });
  });
});

test("axe finds nothing serious on the sign-in page", async () => {
  await using visitor = await visit(browser, fakeWorld(null));
  await visitor.open("/sign-in");
  expect([...(await findings(visitor.page)), ...visitor.complaints]).toEqual([]);
});
