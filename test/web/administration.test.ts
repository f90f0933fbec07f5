import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problem } from "../fakes/console/fake-answers.ts";
import { fakeWorld } from "../fakes/console/fake-world.ts";
import { launchBrowser, visit } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test("an account is made with a one-time password that is made up and shown", async () => {
  const world = fakeWorld();
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/administration");
  await page.getByRole("button", { name: "New account" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("zhao");
  await page.getByRole("button", { name: "Make one up" }).click();
  const password = await page.getByRole("textbox", { name: "Password" }).inputValue();
  await page.getByRole("combobox", { name: "User groups" }).fill("op");
  await page.getByRole("option", { name: "operators" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Account zhao is saved.").waitFor();
  expect(world.changes[0]?.body).toEqual({
    name: "zhao",
    displayName: "",
    email: "",
    role: "submitter",
    active: true,
    groups: [1],
    password,
  });
  await page.getByRole("link", { name: "zhao" }).waitFor();
});

test("a user group that an order names is not deleted, and the page says which order", async () => {
  const world = fakeWorld();
  const usedBy = [{ kind: "work_order", id: 50, name: "project_group1" }];
  world.answers.set("DELETE /user-groups/1", problem(409, "in-use", { usedBy }));
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/administration/user-groups");
  await page.getByRole("button", { name: "Delete operators" }).click();
  await page.getByRole("button", { name: "Delete operators" }).last().click();
  await page.getByRole("dialog").getByRole("link", { name: "project_group1" }).waitFor();
});

test("the health page says what needs attention, and that all is well when it is", async () => {
  const world = fakeWorld();
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/administration/health");
  await page.getByText("Config centre center-shanghai: 10.0.3.1:22 does not answer (5 s).").waitFor();
  world.health.workers = world.health.workers.filter(({ alive }) => alive);
  world.health.places = world.health.places.filter(({ state }) => state === "ok");
  await page.getByText("Everything works").waitFor({ timeout: 20_000 });
});
