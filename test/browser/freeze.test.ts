import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../src/web/paths.ts";
import { sees, submit } from "../e2e/console-requests.ts";
import { wallClock } from "../e2e/console-schedule.ts";
import { LOOKS, openSeats, picture, type Seats } from "./seats.ts";

let seats: Seats;
let order: number;
let window: number | undefined;

beforeAll(async () => {
  seats = await openSeats();
  order = await seats.world.order({}, { name: "deploy", approvalFlow: null, schedulable: true });
});
afterAll(() => seats?.close());
afterEach(async () => {
  if (window === undefined) return;
  const params = { kind: "freeze_window", id: window } as const;
  await seats.world.open.admin.call("DELETE /definitions/:kind/:id", { params });
  window = undefined;
});

/** Freezes all environments for half an hour. */
async function freeze(): Promise<void> {
  const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
  const when = { kind: "range", from: inMinutes(-1), to: inMinutes(30) } as const;
  const data = { name: "singles-day", reason: "Singles' Day: the shop must not stop", when };
  window = (await seats.world.open.admin.define("freeze_window", data)).id;
}

describe.each(LOOKS)("a freeze window, in $language at $width px", (look) => {
  it("is said on the form, with its reason, and lets no submitter begin anything", async () => {
    await freeze();
    await using wang = await seats.sit("wang", look);
    await wang.open(paths.order(order));
    const { frozen, submit: button } = wang.text.order;
    const notice = wang.page.getByRole("alert").filter({ hasText: "singles-day" });
    await notice.getByText("Singles' Day: the shop must not stop").waitFor();
    await notice.getByText(frozen.orLater).waitFor();
    await notice.scrollIntoViewIfNeeded();
    await picture(wang, "frozen");
    expect(await wang.field(frozen.breakGlass).count()).toBe(0);
    expect(await wang.page.getByRole("button", { name: button, exact: true }).isDisabled()).toBe(true);
    expect(wang.complaints).toEqual([]);
  });

  it("refuses a submitter whose form was opened before, with the reason", async () => {
    await using wang = await seats.sit("wang", look);
    await wang.open(paths.order(order));
    await wang.page.getByText(wang.text.order.preview.lockFree).waitFor();
    await freeze();
    await wang.press(wang.text.order.submit);
    const notice = wang.page.getByRole("alert").filter({ hasText: "singles-day" });
    await notice.getByText("Singles' Day: the shop must not stop").waitFor();
    await notice.getByText(wang.text.order.frozen.orLater).waitFor();
    await notice.scrollIntoViewIfNeeded();
    await picture(wang, "frozen-meanwhile");
    expect(wang.page.url()).toContain(paths.order(order));
  });

  it("refuses a time within it, too, in the language of the page", async () => {
    await freeze();
    await using wang = await seats.sit("wang", look);
    await wang.open(paths.order(order));
    const { submit: button, frozen, when } = wang.text.order;
    await wang.tick(when.at);
    await wang.fill(when.time, wallClock(new Date(Date.now() + 10 * 60_000)));
    await wang.press(button);
    const notice = wang.page.getByRole("alert").filter({ hasText: "singles-day" });
    await notice.getByText(frozen.orLater).waitFor();
    expect(wang.page.url()).toContain(paths.order(order));
  });

  it("is broken by who may, with a reason that the request and the audit show", async () => {
    await freeze();
    await using admin = await seats.sit("admin", look);
    await admin.open(paths.order(order));
    const { audit, request } = admin.text;
    const { frozen } = admin.text.order;
    await admin.fill(frozen.breakGlass, "the site is down");
    await picture(admin, "break-glass");
    const id = await submit(admin, frozen.submit);
    await sees(admin, "succeeded");
    const notice = admin.page.getByRole("alert").filter({ hasText: request.notice.glassBroken });
    await notice.getByText("the site is down").waitFor();

    await admin.open(paths.audit({ kind: "request", id: String(id) }));
    const event = admin.page.getByRole("listitem").filter({ hasText: audit.actions["glass-broken"] });
    await event.locator("summary").click();
    await event.getByText("the site is down").waitFor();
    await picture(admin, "glass-in-audit");
    expect(admin.complaints).toEqual([]);
  });
});
