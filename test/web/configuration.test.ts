import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problem } from "../fakes/console/fake-answers.ts";
import { fakeWorld, type FakeWorld } from "../fakes/console/fake-world.ts";
import { launchBrowser, visit } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const definition = (world: FakeWorld, id: number) => {
  const found = world.definitions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`the fake world has no definition ${id}`);
  return found;
};
const save = (page: Page): Promise<void> => page.getByRole("button", { name: "Save", exact: true }).click();

describe("a definition", () => {
  test("is made, saved and found in its list", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/environments");
    await page.getByRole("link", { name: "New environment" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("perf");
    await page.getByRole("radio", { name: "teal" }).check();
    await page.getByRole("switch", { name: "Protected" }).check();
    await save(page);
    await page.getByText("perf is saved as version 1.").waitFor();
    await page.getByRole("heading", { name: "perf" }).waitFor();
    expect(world.changes).toEqual([
      {
        call: "POST /definitions/environment",
        body: { data: { name: "perf", description: "", order: 100, colour: "teal", protected: true } },
        csrf: "token-of-admin",
      },
    ]);
    await page.getByRole("link", { name: "Environments" }).click();
    await page.getByRole("rowheader", { name: "perf" }).waitFor();
  });

  test("shows at its fields what the server refuses, until they are changed", async () => {
    const world = fakeWorld();
    world.answers.set(
      "POST /definitions/category",
      problem(400, "invalid", { fields: [{ field: "name", rule: "required", message: "too small" }] }),
    );
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/categories/new");
    await page.getByRole("textbox", { name: "Description" }).fill("x");
    await save(page);
    await page.getByText("Must not be empty.").waitFor();
    expect(await page.evaluate<string>("document.activeElement.getAttribute('aria-invalid')")).toBe("true");
    await page.keyboard.type("Databases");
    await page.getByText("Must not be empty.").waitFor({ state: "detached" });
  });

  test("that somebody else has saved in the meantime keeps what was typed, and offers both", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/work-orders/50");
    await page.getByRole("textbox", { name: "Main task" }).fill("echo mine");
    const theirs = definition(world, 50);
    Object.assign(theirs, { version: 3, data: { ...theirs.data, timeout: 60 } });
    await save(page);
    await page.getByText("Somebody has saved version 3 meanwhile").waitFor();
    expect(await page.getByRole("textbox", { name: "Main task" }).inputValue()).toBe("echo mine");
    await page.getByRole("button", { name: "Keep mine, save it over theirs" }).click();
    await page.getByText("project_group1 is saved as version 4.").waitFor();
    expect(definition(world, 50).data).toMatchObject({ mainTask: "echo mine", timeout: null });
  });

  test("loads theirs instead, if that is wanted", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/categories/11");
    await page.getByRole("textbox", { name: "Description" }).fill("mine");
    const theirs = definition(world, 11);
    Object.assign(theirs, { version: 3, data: { ...theirs.data, description: "theirs" } });
    await save(page);
    await page.getByRole("button", { name: "Load theirs, discard mine" }).click();
    expect(await page.getByRole("textbox", { name: "Description" }).inputValue()).toBe("theirs");
    expect(await page.getByRole("button", { name: "Save", exact: true }).isDisabled()).toBe(true);
  });

  test("is not left by accident with changes that are not saved", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/configuration/categories");
    await page.getByRole("link", { name: "DataFix" }).click();
    await page.getByRole("textbox", { name: "Description" }).fill("half");
    await page.getByRole("link", { name: "Orders", exact: true }).click();
    await page.getByRole("button", { name: "Stay here" }).click();
    expect(await page.getByRole("textbox", { name: "Description" }).inputValue()).toBe("half");
    await page.evaluate("history.back()");
    await page.getByRole("button", { name: "Stay here" }).click();
    await page.getByRole("link", { name: "Orders", exact: true }).click();
    await page.getByRole("button", { name: "Leave and discard" }).click();
    await page.getByRole("heading", { name: "Orders" }).waitFor();
  });

  test("that is used says by what, and is deleted only when nothing uses it", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    const askToDelete = async (): Promise<void> => {
      await page.getByRole("button", { name: "More actions" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
    };
    await visitor.open("/configuration/variables/30");
    await askToDelete();
    await page.getByRole("dialog").getByRole("link", { name: "group1_deploy" }).waitFor();
    expect(await page.getByRole("button", { name: "Delete group1" }).isDisabled()).toBe(true);
    await visitor.open("/configuration/variables/33");
    await askToDelete();
    await page.getByRole("button", { name: "Delete reason" }).click();
    await page.getByRole("heading", { name: "Variables" }).waitFor();
    expect(world.definitions.some(({ id }) => id === 33)).toBe(false);
  });

  test("is copied under another name", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/variable-groups/40");
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Copy" }).click();
    await page.getByRole("textbox", { name: "Name of the copy" }).fill("group2_deploy");
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("heading", { name: "group2_deploy" }).waitFor();
  });

  test("shows what each version changed, in words, and lets an older one be edited again", async () => {
    const world = fakeWorld();
    const { data } = definition(world, 50);
    const version = { author: "li", at: new Date().toISOString(), data };
    world.versions.set(50, [
      { ...version, version: 2, changes: [{ path: "submitters", before: "[1]", after: "[1,2]" }] },
      { ...version, version: 1, changes: [], data: { ...data, mainTask: "echo old" } },
    ]);
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/work-orders/50/versions");
    await page.getByRole("region", { name: "Version 2" }).getByText("+ dba").waitFor();
    await page.getByRole("link", { name: "Edit version 1 again" }).click();
    await page.getByText("The form holds the content of version 1.").waitFor();
    expect(await page.getByRole("textbox", { name: "Main task" }).inputValue()).toBe("echo old");
  });
});

describe("verifying", () => {
  test("a variable asks for what it depends on, and shows the values as the form will", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/variables/32");
    await page.getByRole("textbox", { name: "{group1}" }).fill("demo1");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("fetched now · 3 values · 41 ms · 27 B").waitFor();
    expect(world.changes[0]?.body).toMatchObject({ values: { group1: ["demo1"] }, data: { name: "tag" } });
    await page.getByRole("textbox", { name: "Form label" }).fill("Tag");
    await page.getByText("The form has changed since.").waitFor();
  });

  test("a variable whose script prints no list shows what it printed", async () => {
    const world = fakeWorld();
    const failed = { values: [], status: "failed", fetchedAt: null, milliseconds: 9, bytes: 14 };
    const body = { ...failed, problem: "What it printed is no list.", output: "command not <found>" };
    world.answers.set("POST /variables/verify", { status: 200, body });
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/variables/30");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("What it printed is no list.").waitFor();
    await page.getByText("command not <found>").waitFor();
  });

  test("a config centre shows fingerprints, and pins the key in the form only", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/config-centres/21");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("SHA256:zQ3u").waitFor();
    await page.getByRole("button", { name: "The fingerprint is right: pin it" }).click();
    await page.getByText("Pinned: ssh-ed25519").waitFor();
    expect(definition(world, 21).data).toMatchObject({ hostKey: "" });
    await save(page);
    await page.getByText("center-shanghai is saved as version 3.").waitFor();
    expect(definition(world, 21).data).toMatchObject({
      hostKey: expect.stringContaining("ssh-ed25519 ") as string,
      // What cannot be read goes back as it came: it stays.
      privateKey: "••••••••",
    });
  });

  test("a work order shows its lines while they are typed, and problems at their fields", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/configuration/work-orders/50");
    const what = page.getByRole("region", { name: "What would run" });
    await what.getByText("Gantry", { exact: true }).waitFor();
    await page.getByRole("textbox", { name: "Main task" }).fill("echo {nobody}");
    await page.getByText("1 problem, shown at its field").waitFor();
    await page.getByText("there is no variable nobody").waitFor();
    await page.getByRole("textbox", { name: "Main task" }).fill("echo {group1}");
    await page.getByText("there is no variable nobody").waitFor({ state: "detached" });
    expect(await what.getByText("{group1}").count()).toBe(1);
  });
});

describe("a variable group", () => {
  test("is put in order by the keyboard, and the focus goes along", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/variable-groups/40");
    await page.getByRole("link", { name: "group1", exact: true }).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByText("group1 is at place 2 of 2.").waitFor();
    expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("group1");
    await page.getByRole("button", { name: "Move group1 up" }).click();
    await page.getByRole("combobox", { name: "Add a variable" }).fill("tag");
    await page.getByRole("option", { name: "tag · Image tag" }).click();
    await page.getByRole("button", { name: "Take DockerDeployMode out" }).click();
    await save(page);
    await page.getByText("group1_deploy is saved as version 3.").waitFor();
    expect(definition(world, 40).data["variables"]).toEqual([30, 32]);
  });

  test("says when a variable depends on one that is not in it", async () => {
    const world = fakeWorld();
    definition(world, 40).data["variables"] = [32];
    await using visitor = await visit(browser, world);
    await visitor.open("/configuration/variable-groups/40");
    await visitor.page.getByText("depends on group1, which the group lacks").waitFor();
  });
});
