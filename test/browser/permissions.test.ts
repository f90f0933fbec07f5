import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../src/web/paths.ts";
import type { Look, Person } from "../e2e/console-person.ts";
import { LOOKS, openSeats, picture, type Seats } from "./seats.ts";

let seats: Seats;
beforeAll(async () => {
  seats = await openSeats();
  const { admin } = seats.world.open;
  const { id: guests } = await admin.call("POST /user-groups", { body: { name: "guests" } });
  const { items } = await admin.call("GET /accounts");
  const qian = items.find(({ name }) => name === "qian");
  await admin.call("PUT /accounts/:id", {
    params: { id: seats.world.ids.qian },
    body: { name: "qian", role: "submitter", groups: [guests], version: qian?.version },
  });
  await seats.world.order({}, { name: "deploy" });
});
afterAll(() => seats?.close());

/** Changes one tick of the table of roles, or of a role's card on a phone, and saves. */
async function toggleDashboard(admin: Person, look: Look): Promise<void> {
  const { builtIn, page, permissions } = admin.text.roles;
  await admin.open(paths.roles());
  const role = builtIn.submitter.name;
  if ((look.width ?? 0) < 900) {
    await admin.choose(page.role, role);
    await admin.page.getByLabel(permissions.dashboard.name, { exact: true }).click();
  } else await admin.page.getByLabel(`${permissions.dashboard.name}: ${role}`, { exact: true }).click();
  await picture(admin, "roles");
  await admin.press(page.save);
  await admin.hears(page.saved(1));
}

describe.each(LOOKS)("in $language at $width px", (look) => {
  it("a permission that is ticked in the table of roles holds at once, and no longer once it is not", async () => {
    await using admin = await seats.sit("admin", look);
    await using wang = await seats.sit("wang", look);
    const { dashboard, frame } = wang.text;
    await wang.open(paths.dashboard());
    await wang.heading(frame.forbidden.title).waitFor();
    await toggleDashboard(admin, look);
    await wang.open(paths.dashboard());
    await wang.heading(dashboard.title).waitFor();
    await toggleDashboard(admin, look);
    await wang.open(paths.dashboard());
    await wang.heading(frame.forbidden.title).waitFor();
    // What wang may not see is an error to his browser, too.
    expect(admin.complaints).toEqual([]);
  });

  it("an object rule makes an order visible to somebody, until it is deleted", async () => {
    await using qian = await seats.sit("qian", look);
    const order = qian.page.getByRole("link", { name: "deploy", exact: true });
    const { orders } = qian.text;
    await qian.open(paths.orders());
    await qian.page.getByText(orders.none).first().waitFor();
    expect(await order.count()).toBe(0);

    await using admin = await seats.sit("admin", look);
    const { rules } = admin.text.roles;
    await admin.open(paths.objectRules());
    await admin.page.getByRole("button", { name: rules.create, exact: true }).first().click();
    const dialog = admin.page.getByRole("dialog", { name: rules.create });
    await admin.choose(rules.group, "guests", dialog);
    await admin.tick(rules.verbs.submit, dialog);
    await admin.choose(rules.environment, "prod", dialog);
    const where = rules.inEnvironment("prod");
    const sentence = rules.sentence("guests", rules.verbs.submit, where);
    await dialog.getByText(sentence).waitFor();
    await picture(admin, "object-rule");
    await admin.press(rules.add, dialog);
    await admin.hears(rules.added);
    await qian.open(paths.orders());
    await order.waitFor();
    await picture(qian, "order-by-rule");

    await admin.press(rules.remove(sentence));
    await admin.press(rules.removeAction, admin.page.getByRole("dialog", { name: rules.removeTitle }));
    await admin.hears(rules.removed);
    await qian.open(paths.orders());
    await qian.page.getByText(orders.none).first().waitFor();
    expect([...admin.complaints, ...qian.complaints]).toEqual([]);
  });
});
