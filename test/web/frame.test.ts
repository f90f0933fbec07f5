import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problem } from "../fakes/console/fake-answers.ts";
import { ADMINISTRATOR, fakeWorld } from "../fakes/console/fake-world.ts";
import { launchBrowser, visit } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const SUBMITTER = {
  ...ADMINISTRATOR,
  account: { ...ADMINISTRATOR.account, name: "wang", role: "submitter" as const, permissions: ["submit" as const] },
};

describe("signing in", () => {
  test("leads back to the page that was asked for", async () => {
    await using visitor = await visit(browser, fakeWorld(null));
    const { page } = visitor;
    await visitor.open("/configuration/variables/30");
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.getByLabel("Name").fill("admin");
    await page.getByRole("textbox", { name: "Password" }).fill("right password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "group1" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/configuration/variables/30");
  });

  test("says what is wrong, and selects the password to be typed again", async () => {
    const world = fakeWorld(null);
    await using visitor = await visit(browser, world, { language: "zh-CN" });
    const { page } = visitor;
    await visitor.open("/sign-in");
    await page.getByLabel("账号").fill("admin");
    await page.getByRole("textbox", { name: "密码" }).fill("wrong");
    await page.keyboard.press("Enter");
    await page.getByText("账号或密码不正确。").waitFor();
    await page.keyboard.type("other");
    expect(await page.getByRole("textbox", { name: "密码" }).inputValue()).toBe("other");
    world.answers.set("POST /session", problem(429, "locked-out", { retryAfter: 290 }));
    await page.keyboard.press("Enter");
    await page.getByText("请 5 分钟后再试").waitFor();
  });

  test("with a one-time password asks for another one before anything else", async () => {
    const account = { ...ADMINISTRATOR.account, mustChangePassword: true };
    const world = fakeWorld({ ...ADMINISTRATOR, account });
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/orders");
    expect(new URL(page.url()).pathname).toBe("/change-password");
    await page.getByRole("textbox", { name: "One-time password" }).fill("one-time");
    await page.getByRole("textbox", { name: "New password", exact: true }).fill("a new password");
    await page.getByRole("textbox", { name: "New password again" }).fill("another password");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("The two are not the same.").waitFor();
    expect(world.changes).toEqual([]);
    await page.getByRole("textbox", { name: "New password again" }).fill("a new password");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByRole("heading", { name: "Orders" }).waitFor();
    expect(world.changes).toMatchObject([
      { call: "PUT /session/password", body: { current: "one-time", next: "a new password" }, csrf: "token-of-admin" },
    ]);
  });

  test("again is asked for when the session has ended, and then the same page comes back", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/categories");
    world.session = null;
    await page.getByRole("link", { name: "Variables", exact: true }).click();
    await page.getByText("Your session has ended.").waitFor();
    await page.getByLabel("Name").fill("admin");
    await page.getByRole("textbox", { name: "Password" }).fill("right password");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Variables" }).waitFor();
  });

  test("out forgets what was seen", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/orders");
    await page.getByRole("button", { name: "Account admin" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(world.session).toBeNull();
    await page.goBack();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });
});

describe("the frame", () => {
  test("shows only what the account may see", async () => {
    await using visitor = await visit(browser, fakeWorld(SUBMITTER));
    const { page } = visitor;
    await visitor.open("/orders");
    const links = await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link").allInnerTexts();
    expect(links).toEqual(["Now", "Orders", "History"]);
    await visitor.open("/configuration/variables");
    await page.getByRole("heading", { name: "You may not see this" }).waitFor();
  });

  test("finds orders, requests and pages by the keyboard", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/");
    await page.keyboard.press("Control+k");
    const search = page.getByRole("combobox", { name: "Search orders and requests" });
    await search.fill("fix");
    await page.getByRole("option", { name: "fix_orders" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/orders/51");
    await page.keyboard.press("Control+k");
    await search.fill("demo1");
    await page.getByRole("option", { name: "#4312 project_group1 demo1 update running" }).waitFor();
    await search.fill("#17");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/requests/17");
  });

  test("changes language and colour scheme at once, and keeps both", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/configuration/categories");
    await page.getByRole("button", { name: "Language" }).click();
    await page.getByRole("menuitemradio", { name: "中文" }).click();
    await page.getByRole("heading", { name: "分类" }).waitFor();
    await page.getByRole("button", { name: "配色" }).click();
    await page.getByRole("menuitemradio", { name: "深色" }).click();
    await page.reload();
    await page.getByRole("heading", { name: "分类" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
    expect(await page.locator("html").getAttribute("data-mantine-color-scheme")).toBe("dark");
  });

  test("has the colour scheme before anything is painted", async () => {
    await using visitor = await visit(browser, fakeWorld(), { scheme: "dark" });
    const { page } = visitor;
    await page.route("**/assets/index-*.js", (route) => route.abort());
    await page.goto(visitor.console.url);
    const colour = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    expect(colour).toBe("rgb(36, 36, 36)");
  });

  test("lets the keyboard skip the navigation, and puts the focus on the new page", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/orders");
    await page.keyboard.press("Tab");
    expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate<string>("document.activeElement.id")).toBe("main");
    await page.getByRole("link", { name: "Configuration" }).click();
    await page.getByRole("heading", { name: "Work orders" }).waitFor();
    expect(await page.evaluate<string>("document.activeElement.id")).toBe("main");
    expect(await page.title()).toBe("Work orders · Gantry");
  });

  test("narrows lists to an environment, whose colour lies over the page", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/orders");
    await page.getByRole("button", { name: "Environment: All environments" }).click();
    await page.getByRole("menuitemradio", { name: "prod" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Environment: prod" }).waitFor();
    const line = page.locator("[data-protected]");
    expect(await line.getAttribute("style")).toContain("red");
  });

  test("tells of an error with the request id, and tries again", async () => {
    const world = fakeWorld();
    world.answers.set("GET /accounts", problem(500, "bug", { detail: "This is a bug in Gantry." }));
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/administration/accounts");
    await page.getByRole("alert").getByText("req-4f2a").waitFor();
    world.answers.clear();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: "wang" }).waitFor();
  });
});
