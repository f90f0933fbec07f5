import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { count } from "../../src/web/locales/format.ts";
import { paths } from "../../src/web/paths.ts";
import { LOOKS, openSeats, picture, type Seats } from "./seats.ts";

let seats: Seats;
beforeAll(async () => void (seats = await openSeats()));
afterAll(() => seats?.close());

/** Does what only the owner of the database can: writes past the trigger that keeps the audit. */
async function rewrite(seq: number, body: string): Promise<void> {
  await seats.world.db.transaction().execute(async (trx) => {
    await sql`alter table audit_event disable trigger audit_event_append_only`.execute(trx);
    await sql`update audit_event set body = ${body} where seq = ${seq}`.execute(trx);
    await sql`alter table audit_event enable trigger audit_event_append_only`.execute(trx);
  });
}

describe.each(LOOKS)("the audit, in $language at $width px", (look) => {
  it("says that its chain is whole, and finds what was changed by hand in the database", async () => {
    const { people, db } = seats.world;
    const order = await seats.world.order({}, { name: `audited-${look.language}`, approvalFlow: null });
    const { id } = await people.wang.submit(order);
    await people.wang.until(id);
    await using admin = await seats.sit("admin", look);
    await admin.open(paths.audit({ kind: "request", id: String(id) }));
    const { audit } = admin.text;
    const events = admin.page.getByRole("listitem").filter({ has: admin.page.locator("summary") });
    await expect.poll(() => events.count(), { timeout: 30_000 }).toBe(3);
    await admin.press(audit.check.start);
    const { length } = audit.check.whole("");
    const whole = admin.page.getByRole("alert").filter({ hasText: audit.check.whole("").slice(0, length).trim() });
    await whole.getByText(audit.check.wholeText).waitFor();
    const head = await whole.locator("code").innerText();
    expect(head).toMatch(/^\d+ [\da-f]{64}$/);
    await picture(admin, "chain-whole");

    const submitted = events.last().locator("summary");
    await submitted.getByText(audit.actions.submitted).first().waitFor();
    const seq = Number(/\d+/.exec(await submitted.innerText())?.[0]);
    const { body } = await db.selectFrom("audit_event").select("body").where("seq", "=", seq).executeTakeFirstOrThrow();
    await rewrite(seq, body.replace("wang", "zhao"));
    try {
      await admin.press(audit.check.start);
      const broken = admin.page.getByRole("alert").filter({ hasText: audit.check.brokenAt(count(seq, look.language)) });
      await broken.getByText(audit.check.breaks.changed).waitFor();
      await broken.getByText(audit.check.brokenText).waitFor();
      await picture(admin, "chain-broken");
    } finally {
      await rewrite(seq, body);
    }
    await admin.fill(audit.check.noted, head);
    await admin.press(audit.check.start);
    const held = audit.check.held(count(Number(head.split(" ")[0]), look.language));
    await admin.page.getByText(held).waitFor();
    expect(admin.complaints).toEqual([]);
  });

  it("is for nobody who may not read it", async () => {
    await using wang = await seats.sit("wang", look);
    await wang.open(paths.audit());
    await wang.heading(wang.text.frame.forbidden.title).waitFor();
  });
});
