import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestDetail } from "../../src/contract/requests.ts";
import { othersVote } from "../fakes/console/fake-approvals.ts";
import { ADMINISTRATOR, fakeWorld, type FakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, type Look, visit } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const PHONE: Look = { width: 360, height: 740 };

function waiting(world: FakeWorld, id: number): RequestDetail {
  const found = world.approvals.requests.find((request) => request.id === id);
  if (found === undefined) throw new Error(`the fake world has no request ${id}`);
  return found;
}
const dialog = (page: Page) => page.getByRole("dialog");
const bodies = (world: FakeWorld, call: string): unknown[] =>
  world.changes.filter((change) => change.call === call).map(({ body }) => body);

describe("the inbox", () => {
  test("shows what is new about a request, the exact command and what runs there now", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/approvals");
    const card = page.getByRole("article", { name: "#4320 project_group1" });
    await card.getByText("Level 1 of 2: operators · 1 of 2 approvals").waitFor();
    const changed = await card.locator("[data-changed]").allInnerTexts();
    expect(changed.map((text) => text.replaceAll(/\s+/gu, " "))).toEqual([
      "ExecMode was restart → is now update",
      "Image tag was release-2026.11.18 → is now release-2026.11.25",
    ]);
    await card.getByText("main_docker_deploy -e prod -m update -p demo1").waitFor();
    await card.getByRole("rowheader", { name: "lab3" }).waitFor();
    await card.getByText("Looked at the change.").waitFor();
    // What has no Gantry line has no plan.
    const plans = world.changes.map(({ call }) => call).filter((call) => call.endsWith("/plan"));
    expect(new Set(plans)).toEqual(new Set(["POST /requests/4320/plan"]));
  });

  test("approves with a comment, counts down, and leaves everything else in its place", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/approvals");
    await page.getByRole("link", { name: "Approvals 2 wait for you" }).waitFor();
    const { hash } = waiting(world, 4320);
    await page.getByRole("button", { name: "Approve #4320 project_group1" }).click();
    await dialog(page).getByRole("textbox", { name: "Comment" }).fill("Fine by me.");
    await dialog(page).getByRole("button", { name: "Approve #4320" }).click();
    await page.getByText("You have approved it. It is still waiting for others.").waitFor();
    expect(bodies(world, "POST /requests/4320/votes")).toEqual([
      { decision: "approve", hash, version: 3, reason: "Fine by me.", onBehalfOf: null },
    ]);
    await page.getByRole("link", { name: "Approvals 1 waits for you" }).waitFor();
    const cards = await page.evaluate<string[]>(
      "[...document.querySelectorAll('article')].map((card) => card.getAttribute('aria-label') ?? card.querySelector('h2').innerText)",
    );
    expect(cards).toEqual(["#4320 does not wait for you any more", "#4321 fix_orders"]);
  });

  test("rejects only with a reason, for somebody who is away", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/approvals");
    await page.getByRole("button", { name: "Reject #4321 fix_orders" }).click();
    await dialog(page).getByText("You decide for Li Wei, who is away.").waitFor();
    await dialog(page).getByRole("button", { name: "Reject #4321" }).click();
    await dialog(page).getByText("Say why it is rejected.").waitFor();
    expect(bodies(world, "POST /requests/4321/votes")).toEqual([]);
    await dialog(page).getByRole("textbox", { name: "Reason" }).fill("Not in this month.");
    await dialog(page).getByRole("button", { name: "Reject #4321" }).click();
    await page.getByText("Request #4321 is rejected.").waitFor();
    expect(bodies(world, "POST /requests/4321/votes")).toMatchObject([
      { decision: "reject", reason: "Not in this month.", onBehalfOf: 3 },
    ]);
  });

  test("says kindly that somebody else was faster, and brings the card up to date", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/approvals");
    await page.getByRole("button", { name: "Approve #4320 project_group1" }).click();
    othersVote(waiting(world, 4320), "reject", "The tag was withdrawn.");
    await dialog(page).getByRole("button", { name: "Approve #4320" }).click();
    await dialog(page).getByText("Somebody has been faster").waitFor();
    await dialog(page).getByText("The tag was withdrawn.").waitFor();
    await dialog(page).getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("article", { name: "#4320 does not wait for you any more" }).getByText("zhao").waitFor();
    expect(waiting(world, 4320).approval?.levels[0]?.votes.map(({ by }) => by)).toEqual(["li", "zhao"]);
  });

  test("lets a vote that still counts be given after another one, on the same command", async () => {
    const world = fakeWorld();
    const request = waiting(world, 4320);
    const [level] = request.approval?.levels ?? [];
    if (level !== undefined) Object.assign(level, { quorum: 3 });
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/approvals");
    await page.getByRole("button", { name: "Approve #4320 project_group1" }).click();
    othersVote(request, "approve");
    await dialog(page).getByRole("button", { name: "Approve #4320" }).click();
    await dialog(page).getByText("Somebody else has voted meanwhile").waitFor();
    await dialog(page).getByRole("button", { name: "Approve #4320 all the same" }).click();
    await page.getByText("You have approved it.").waitFor();
    expect(bodies(world, "POST /requests/4320/votes")).toMatchObject([{ version: 3 }, { version: 4 }]);
  });

  test("does not let anybody approve what has been changed since it was looked at", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/approvals");
    await page.getByRole("button", { name: "Approve #4320 project_group1" }).click();
    Object.assign(waiting(world, 4320), { hash: "another", version: 4 });
    await dialog(page).getByRole("button", { name: "Approve #4320" }).click();
    await dialog(page).getByText("The request was changed meanwhile").waitFor();
    expect(
      await dialog(page)
        .getByRole("button", { name: /Approve/u })
        .count(),
    ).toBe(0);
  });

  test("changes by itself when the console says so, without moving what somebody is about to press", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/approvals");
    othersVote(waiting(world, 4320), "reject", "No.");
    visitor.console.tell({ type: "request", request: 4320, state: "rejected", version: 4 });
    await page.getByRole("article", { name: "#4320 does not wait for you any more" }).waitFor();
    await page.getByRole("link", { name: "Approvals 1 waits for you" }).waitFor();
  });

  test("on a phone decides in two touches, with buttons that a thumb hits and that are far apart", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world, PHONE);
    const { page } = visitor;
    await visitor.open("/approvals");
    const approve = page.getByRole("button", { name: "Approve #4320 project_group1" });
    await approve.scrollIntoViewIfNeeded();
    const [yes, no] = await Promise.all([
      approve.boundingBox(),
      page.getByRole("button", { name: "Reject #4320 project_group1" }).boundingBox(),
    ]);
    if (yes === null || no === null) throw new Error("the buttons are not there");
    expect(Math.min(yes.height, no.height)).toBeGreaterThanOrEqual(44);
    expect(yes.x - (no.x + no.width)).toBeGreaterThanOrEqual(24);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
    await approve.click();
    await dialog(page).getByRole("button", { name: "Approve #4320" }).click();
    await page.getByText("You have approved it.").waitFor();
  });

  test("is for those who may approve", async () => {
    const account = { ...ADMINISTRATOR.account, permissions: ["submit" as const] };
    await using visitor = await visit(browser, fakeWorld({ ...ADMINISTRATOR, account }));
    await visitor.open("/approvals");
    await visitor.page.getByRole("heading", { name: "You may not see this" }).waitFor();
  });
});

describe("a request that waits", () => {
  test("has its votes, says who may do what next, and is approved there", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/requests/4320");
    const timeline = page.getByRole("list", { name: "From submission to result" });
    await timeline.getByText("Level 1 operators").waitFor();
    await page.getByText("You may approve or reject it.").waitFor();
    await page.getByRole("button", { name: "Approve #4320 project_group1" }).click();
    await dialog(page).getByRole("button", { name: "Approve #4320" }).click();
    await page.getByText("Members of leads may approve or reject it.").waitFor();
    expect(await page.getByRole("button", { name: "Approve #4320 project_group1" }).count()).toBe(0);
  });

  test("is rejected there, and says by whom and why", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/requests/4320");
    await page.getByRole("button", { name: "Reject #4320 project_group1" }).click();
    await page.keyboard.type("Not today.");
    await dialog(page).getByRole("button", { name: "Reject #4320" }).click();
    await page.getByRole("alert").getByText("It was rejected").waitFor();
    expect(await page.getByText("Not today.").count()).toBe(2);
  });

  test("says what was changed since it was submitted, keeps void votes, and is renewed by its submitter", async () => {
    const world = fakeWorld();
    const request = waiting(world, 4320);
    const [level] = request.approval?.levels ?? [];
    Object.assign(request, { allowed: ["edit", "revoke"] });
    Object.assign(request.approval ?? {}, {
      outdated: [{ kind: "work_order", name: "project_group1", from: 2, to: 3 }],
      voided: level?.votes.splice(0),
      mayVote: false,
    });
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/requests/4320");
    await page.getByText("work order project_group1: version 2 is now 3").waitFor();
    await page.locator("[data-void]").getByText("void", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Renew" }).click();
    await page.getByRole("heading", { name: "Edit request #4320" }).waitFor();
    await page.getByRole("button", { name: "Save and ask for approval again" }).click();
    await page.waitForURL("**/requests/4320");
    expect(bodies(world, "PUT /requests/4320")).toEqual([
      {
        version: 3,
        orderVersion: 2,
        values: { group1: ["demo1"], DockerDeployMode: ["update"], tag: ["release-2026.11.25"] },
        note: request.note,
        scheduledAt: null,
      },
    ]);
  });

  test("is not overwritten unseen by an edit", async () => {
    const world = fakeWorld();
    Object.assign(waiting(world, 4320), { allowed: ["edit"] });
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/requests/4320/edit");
    await page.getByText("its votes become void").waitFor();
    await page.getByRole("textbox", { name: "Image tag" }).fill("mine");
    waiting(world, 4320).version = 7;
    await page.getByRole("button", { name: "Save and ask for approval again" }).click();
    await page.getByText("The order or the request was changed after this form was opened").waitFor();
    await page.getByRole("button", { name: "Load anew" }).click();
    expect(await page.getByRole("textbox", { name: "Image tag" }).inputValue()).toBe("mine");
    await page.getByRole("button", { name: "Save and ask for approval again" }).click();
    await page.waitForURL("**/requests/4320");
    expect(bodies(world, "PUT /requests/4320")).toMatchObject([{ version: 3 }, { version: 7 }]);
  });

  test("is run by its submitter once it is approved", async () => {
    const world = fakeWorld();
    const request = waiting(world, 4320);
    Object.assign(request, { state: "approved", allowed: ["run", "edit", "revoke"] });
    Object.assign(request.approval ?? {}, { level: null, mayVote: false });
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/requests/4320");
    await page.getByText("It is approved. Start it when it suits you.").waitFor();
    await page.getByRole("button", { name: "Run now" }).click();
    await dialog(page).getByRole("button", { name: "Run request 4320" }).click();
    await dialog(page).waitFor({ state: "detached" });
    expect(bodies(world, "POST /requests/4320/actions")).toEqual([{ action: "run", version: 3 }]);
  });

  test.each([
    ["refused", "was to run at 2026-11-25T02:00:00.000Z, not approved by then", "定于 2026/11/25 10:00:00 GMT+8 执行"],
    ["refused", "locked: request 12 of this order runs, or is about to", "同一工单的提单 #12"],
    ["expired", null, "没有人及时审核"],
  ] as const)("that is %s says why in the language of the page: %s", async (state, reason, said) => {
    const world = fakeWorld();
    Object.assign(waiting(world, 4320), { state, reason });
    await using visitor = await visit(browser, world, { language: "zh-CN" });
    await visitor.open("/requests/4320");
    await visitor.page.getByRole("alert").getByText(said).waitFor();
  });
});

test("the start page shows what waits for me", async () => {
  await using visitor = await visit(browser, fakeWorld());
  const { page } = visitor;
  await visitor.open("/");
  await page.getByRole("heading", { name: "Waiting for me 2" }).waitFor();
  await page.getByRole("link", { name: "To the approvals" }).click();
  await page.getByRole("article", { name: "#4320 project_group1" }).waitFor();
});

const PAGES = [
  "/",
  "/approvals",
  "/away",
  "/requests/4320",
  "/requests/4320/edit",
  "/orders/50",
  "/configuration/approval-flows",
  "/configuration/approval-flows/60",
  "/configuration/freeze-windows",
  "/configuration/freeze-windows/61",
  "/configuration/freeze-windows/new",
];
const LOOKS: readonly Look[] = [
  { language: "en", scheme: "light", width: 1440 },
  { language: "zh-CN", scheme: "dark", ...PHONE },
  { language: "zh-CN", scheme: "light", ...PHONE },
  { language: "en", scheme: "dark", width: 1440 },
];

describe.each(LOOKS)("in $language, $scheme, $width px wide", (look) => {
  test("axe finds nothing serious on any of these pages, nothing scrolls sideways, no policy is broken", async () => {
    const world = fakeWorld();
    world.approvals.freeze = { id: 61, name: "weekend", reason: "Nobody is there.", until: "2026-11-29T16:00:00.000Z" };
    Object.assign(waiting(world, 4320), { allowed: ["edit", "revoke"], breakGlass: "Customers cannot pay." });
    await using visitor = await visit(browser, world, look);
    const found: Record<string, unknown> = {};
    for (const path of PAGES) {
      await visitor.open(path).catch((cause: unknown) => {
        throw new Error(`${path} does not open`, { cause });
      });
      await visitor.page.waitForLoadState("networkidle");
      const [axe, wide] = [await axeFindings(visitor.page), await tooWide(visitor.page)];
      const complaints = visitor.complaints.splice(0);
      if (axe.length > 0 || wide > 0 || complaints.length > 0) found[path] = { axe, wide, complaints };
    }
    expect(found).toEqual({});
  }, 240_000);

  test("axe finds nothing serious when somebody is asked for his decision", async () => {
    await using visitor = await visit(browser, fakeWorld(), look);
    await visitor.open("/approvals");
    await visitor.page.getByRole("button", { name: /#4321/u }).first().click();
    await dialog(visitor.page).waitFor();
    await visitor.page.waitForTimeout(300);
    expect([...(await axeFindings(visitor.page)), ...visitor.complaints]).toEqual([]);
  });
});
