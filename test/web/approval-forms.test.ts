import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADMINISTRATOR, fakeWorld, type FakeWorld } from "../fakes/console/fake-world.ts";
import { launchBrowser, visit } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const bodies = (world: FakeWorld, call: string): unknown[] =>
  world.changes.filter((change) => change.call === call).map(({ body }) => body);

describe("an order's form", () => {
  const fill = async (page: Page): Promise<void> => {
    for (const name of ["Project", "ExecMode", "Image tag"]) await page.getByRole("textbox", { name }).fill("x");
  };

  test("says who will be asked before it is submitted for approval", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/orders/50");
    await page.getByText("2 levels (2 of operators → leads)").waitFor();
    await fill(page);
    await page.getByRole("button", { name: "Submit for approval" }).click();
    await page.waitForURL("**/requests/4320");
    expect(bodies(world, "POST /requests")).toMatchObject([{ order: 50, breakGlass: "" }]);
  });

  test("in a freeze says why and until when, and breaks the glass with a reason", async () => {
    const world = fakeWorld();
    const until = "2026-11-29T16:00:00.000Z";
    world.approvals.freeze = { id: 61, name: "weekend", reason: "Nobody is there.", until };
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/orders/50");
    await page.getByText("weekend: nothing is begun here until 11/30/2026, 00:00:00 GMT+8").waitFor();
    await page.getByText("Nobody is there.").waitFor();
    await fill(page);
    await page.getByRole("textbox", { name: "Break the glass" }).fill("Customers cannot pay.");
    await page.getByRole("button", { name: "Break the glass and submit for approval" }).click();
    await page.waitForURL("**/requests/4320");
    expect(bodies(world, "POST /requests")).toMatchObject([{ breakGlass: "Customers cannot pay." }]);
  });

  test("in a freeze offers the glass only to those who may break it", async () => {
    const permissions = ADMINISTRATOR.account.permissions.filter((permission) => permission !== "break-glass");
    const world = fakeWorld({ ...ADMINISTRATOR, account: { ...ADMINISTRATOR.account, permissions } });
    world.approvals.freeze = { id: 61, name: "weekend", reason: "Nobody is there.", until: "2026-11-29T16:00:00.000Z" };
    await using visitor = await visit(browser, world);
    await visitor.open("/orders/50");
    await visitor.page.getByText("weekend: nothing is begun here").waitFor();
    expect(await visitor.page.getByRole("textbox", { name: "Break the glass" }).count()).toBe(0);
  });
});

test("somebody else decides for me while I am away, until I end it", async () => {
  const world = fakeWorld();
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/orders");
  await page.getByRole("button", { name: "Account admin" }).click();
  await page.getByRole("menuitem", { name: "While I am away" }).click();
  await page.getByRole("row", { name: "Li Wei" }).getByText("now").waitFor();
  await page.getByRole("button", { name: "Hand over my approvals" }).click();
  await page.getByText("Choose somebody from the list.").waitFor();
  await page.getByRole("combobox", { name: "Who decides for me" }).fill("li");
  await page.getByRole("option", { name: "Li Wei (li)" }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("Holidays");
  await page.getByLabel("From").fill("2026-12-01T08:00");
  await page.getByLabel("Until").fill("2026-12-08T08:00");
  await page.getByRole("button", { name: "Hand over my approvals" }).click();
  await page.getByText("Li Wei decides for you.", { exact: true }).waitFor();
  expect(bodies(world, "POST /delegations")).toEqual([
    { delegate: "li", from: "2026-12-01T08:00:00+08:00", until: "2026-12-08T08:00:00+08:00", reason: "Holidays" },
  ]);
  await page.getByRole("button", { name: "End that Li Wei decides for me" }).click();
  await page.getByText("Li Wei decides for you no longer.").waitFor();
});

describe("the configuration", () => {
  test("makes an approval flow of levels that are moved", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/approval-flows/new");
    await page.getByRole("textbox", { name: "Name" }).first().fill("data");
    await page.getByRole("button", { name: "Add a level" }).click();
    const levels = page.getByRole("listitem", { name: /Level/u });
    for (const [place, group] of ["operators", "dba"].entries()) {
      await levels.nth(place).getByRole("combobox", { name: "User group" }).click();
      await page.getByRole("option", { name: group }).click();
    }
    await levels.nth(0).getByRole("textbox", { name: "Approvals needed" }).fill("3");
    await levels.nth(0).getByText("The group has only 2 members.").waitFor();
    await levels.nth(0).getByRole("textbox", { name: "Approvals needed" }).fill("2");
    await page.getByRole("button", { name: "Move level 2 up" }).click();
    await page.getByRole("switch", { name: "Submitters may approve their own requests" }).check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("data is saved as version 1.").waitFor();
    expect(bodies(world, "POST /definitions/approval_flow")).toEqual([
      {
        data: {
          name: "data",
          description: "",
          levels: [
            { name: "dba", userGroup: 2, quorum: 1 },
            { name: "operators", userGroup: 1, quorum: 2 },
          ],
          selfApproval: true,
          distinctPeople: true,
          expiryHours: 72,
        },
      },
    ]);
  });

  test("makes a freeze window, shows its next times, and names the zone", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/freeze-windows/new");
    await page.getByText("Times are in Asia/Shanghai.").waitFor();
    const times = page.locator('input[type="datetime-local"]');
    await page.getByRole("textbox", { name: "Name" }).fill("sale");
    await page.getByRole("textbox", { name: "Reason" }).fill("Ask wang.");
    await times.nth(0).fill("2026-12-11T00:00");
    await times.nth(1).fill("2026-12-10T00:00");
    await page.getByText("It has to end after it begins.").waitFor();
    await times.nth(1).fill("2026-12-13T00:00");
    await page.getByRole("region", { name: "Its next times" }).getByRole("listitem").nth(2).waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("sale is saved as version 1.").waitFor();
    expect(bodies(world, "POST /definitions/freeze_window")).toEqual([
      {
        data: {
          name: "sale",
          reason: "Ask wang.",
          environment: null,
          active: true,
          when: { kind: "range", from: "2026-12-11T00:00:00+08:00", to: "2026-12-13T00:00:00+08:00" },
        },
      },
    ]);
  });

  test("gives an order its approval flow", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/work-orders/50");
    await page.getByRole("combobox", { name: "Approval flow" }).click();
    await page.getByRole("option", { name: "release" }).click();
    await page.getByRole("switch", { name: "Run once approved" }).uncheck();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("project_group1 is saved as version 3.").waitFor();
    expect(bodies(world, "PUT /definitions/work_order/50")).toMatchObject([
      { data: { approvalFlow: 60, runOnApproval: false, preTaskBeforeApproval: false } },
    ]);
  });
});
