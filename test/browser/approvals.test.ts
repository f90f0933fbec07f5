import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApprovalFlow } from "../../src/contract/approval-flow.ts";
import type { WorkOrder } from "../../src/contract/definitions.ts";
import { paths } from "../../src/web/paths.ts";
import { letTimePass, type Name } from "../console/approval-people.ts";
import type { Look, Person } from "../e2e/console-person.ts";
import { wallClock } from "../e2e/console-schedule.ts";
import { log, preview, sees, submit } from "../e2e/console-requests.ts";
import {
  approvalPanel,
  approve,
  approveButton,
  card,
  confirmApproval,
  decision,
  reject,
  submitForApproval,
  type Called,
} from "./deciding.ts";
import { LOOKS, openSeats, PHONE, picture, type Seats } from "./seats.ts";

let seats: Seats;
beforeAll(async () => void (seats = await openSeats()));
afterAll(() => seats?.close());

const of = (groups: "first" | "second", quorum = 1) => ({
  name: groups,
  userGroup: seats.world.groups[groups],
  quorum,
});
const TWO_LEVELS = (): Partial<ApprovalFlow> => ({ levels: [of("first"), of("second")] });
const TWO_OF_FIRST = (): Partial<ApprovalFlow> => ({ levels: [of("first", 2)] });

describe.each(LOOKS)("a request that has to be approved, in $language at $width px", (look) => {
  const sit = (name: Name, other: Look = {}): Promise<Person> => seats.sit(name, { ...look, ...other });
  const named = (name: string): string => `${name}-${look.language}`;
  const define = (name: string, flow: Partial<ApprovalFlow>, order: Partial<WorkOrder> = {}): Promise<number> =>
    seats.world.order(flow, { ...order, name: named(name) });
  /** A request of wang's, submitted without a page. */
  const submitted = async (name: string, flow: Partial<ApprovalFlow>, order: Partial<WorkOrder> = {}) => {
    const id = await define(name, flow, order);
    const request = await seats.world.people.wang.submit(id);
    return { id: request.id, order: named(name), definition: id };
  };

  it("is approved at two levels, on its page and in the inbox on a phone, and then runs by itself", async () => {
    const order = named("release");
    const definition = await define("release", TWO_LEVELS(), { mainTask: "echo released" });
    await using wang = await sit("wang");
    await wang.open(paths.order(definition));
    await preview(wang).getByText(wang.text.order.preview.approvalLevels(2)).waitFor();
    await picture(wang, "order-form");
    const called: Called = { id: await submitForApproval(wang, definition), order };
    await sees(wang, "waiting");
    await approvalPanel(wang).getByText(wang.text.approvals.panel.mayGroup("first")).waitFor();

    await using li = await sit("li");
    await li.open(paths.request(called.id));
    await picture(li, "request-asked");
    await approve(li, called);
    await li.hears(li.text.approvals.decide.approvedOne(called.id));
    await approvalPanel(wang).getByText(wang.text.approvals.panel.mayGroup("second")).waitFor();

    await using chen = await sit("chen", PHONE);
    await chen.open(paths.approvals());
    await card(chen, called)
      .getByText(chen.text.approvals.level(2, 2, "second"))
      .waitFor();
    await picture(chen, "inbox-phone");
    await approve(chen, called);
    await chen.page.getByText(chen.text.approvals.gone.approved).waitFor();
    await sees(wang, "succeeded");
    await log(wang).getByText("released").waitFor();
    await picture(wang, "request-succeeded");
    for (const person of [wang, li, chen]) expect(person.complaints).toEqual([]);
  });

  it("counts both of two who press Approve at once", async () => {
    const called = await submitted("both", TWO_OF_FIRST());
    await using wang = await sit("wang");
    await using li = await sit("li");
    await using zhao = await sit("zhao");
    await wang.open(paths.request(called.id));
    const both = [li, zhao];
    for (const person of both) {
      await person.open(paths.request(called.id));
      await approveButton(person, called).click();
    }
    await Promise.all(both.map((person) => confirmApproval(person, called)));
    await sees(wang, "succeeded");
    for (const person of both) await decision(person, called).waitFor({ state: "hidden" });
    for (const name of ["li", "zhao"])
      await approvalPanel(wang).getByText(`${name} ${wang.text.approvals.vote.approved}`).waitFor();
  });

  it("tells one of two who press Approve at once that the other was faster, where one suffices", async () => {
    const called = await submitted("faster", { levels: [of("first")] });
    await using li = await sit("li");
    await using zhao = await sit("zhao");
    const both = [li, zhao];
    for (const person of both) {
      await person.open(paths.request(called.id));
      await approveButton(person, called).click();
    }
    await Promise.all(both.map((person) => confirmApproval(person, called)));
    const { decided } = li.text.approvals.decide.meanwhile;
    const told = (person: Person): Promise<number> => decision(person, called).getByText(decided).count();
    await expect.poll(async () => (await told(li)) + (await told(zhao)), { timeout: 30_000 }).toBe(1);
    const late = (await told(li)) === 1 ? li : zhao;
    await picture(late, "somebody-was-faster");
    await late.press(late.text.general.close, decision(late, called).locator("form"));
    await sees(late, "succeeded");
  });

  it("is rejected with a reason, which its submitter reads without loading the page anew", async () => {
    const called = await submitted("no", TWO_LEVELS());
    await using wang = await sit("wang");
    await wang.open(paths.request(called.id));
    await using zhao = await sit("zhao");
    await zhao.open(paths.approvals());
    await reject(zhao, called, "not on a Friday");
    await sees(wang, "rejected");
    const notice = wang.page.getByRole("alert").filter({ hasText: wang.text.request.notice.rejected });
    await notice.getByText("not on a Friday").waitFor();
    await wang.page.getByRole("link", { name: wang.text.request.actions.again }).waitFor();
    await picture(wang, "rejected");
  });

  it("has its votes void once its order is changed, says what has changed, and is renewed and approved again", async () => {
    const called = await submitted("changing", TWO_OF_FIRST(), { mainTask: "echo before" });
    await using wang = await sit("wang");
    await wang.open(paths.request(called.id));
    await using li = await sit("li");
    await li.open(paths.request(called.id));
    await approve(li, called);
    await approvalPanel(wang).getByText(`li ${wang.text.approvals.vote.approved}`).waitFor();

    const { admin } = seats.world.open;
    const params = { kind: "work_order", id: called.definition } as const;
    const { data, version } = await admin.call("GET /definitions/:kind/:id", { params });
    await admin.call("PUT /definitions/:kind/:id", {
      params,
      body: { version, data: { ...data, mainTask: "echo after" } },
    });

    const { approvals, configuration, order, request } = wang.text;
    const what = approvals.panel.outdatedPart(configuration.kinds.work_order.one, called.order, 1, 2);
    await approvalPanel(wang).getByText(what).waitFor();
    await approvalPanel(wang).getByText(approvals.panel.voided).waitFor();
    await picture(wang, "outdated");
    await using zhao = await sit("zhao");
    await zhao.open(paths.request(called.id));
    await approvalPanel(zhao).getByText(what).waitFor();
    expect(await approveButton(zhao, called).isDisabled()).toBe(true);

    await wang.follow(approvals.panel.renew, approvalPanel(wang));
    await wang.page.getByText(what).waitFor();
    await picture(wang, "renew");
    await wang.press(order.edit.saveForApproval);
    await wang.page.waitForURL(new RegExp(`${paths.request(called.id)}$`));
    await sees(wang, "waiting");
    await approvalPanel(wang).getByText(approvals.panel.outdated).waitFor({ state: "hidden" });
    for (const person of [li, zhao]) {
      await person.page.getByText("echo after").first().waitFor();
      await approve(person, called);
    }
    await sees(wang, "succeeded");
    await log(wang).getByText("after", { exact: true }).waitFor();
    await wang.page.getByText(request.timeline.result, { exact: true }).waitFor();
    for (const person of [wang, li, zhao]) expect(person.complaints).toEqual([]);
  });

  it("expires where nobody decides in time, and leaves the inbox", async () => {
    const called = await submitted("expiring", { levels: [of("first")], expiryHours: 1 });
    await using wang = await sit("wang");
    await wang.open(paths.request(called.id));
    await approvalPanel(wang).getByText(wang.text.approvals.panel.expires).waitFor();
    await using li = await sit("li");
    await li.open(paths.approvals());
    await card(li, called).waitFor();
    await letTimePass(seats.world.db, called.id, { expires_at: new Date() });
    await sees(wang, "expired");
    await wang.page.getByText(wang.text.request.notice.expiredText).waitFor();
    const gone = li.page.getByRole("article", { name: li.text.approvals.gone.label(called.id) });
    await gone.getByText(li.text.states.expired, { exact: true }).waitFor();
    await picture(li, "inbox-expired");
  });

  it("is decided by a delegate while the one who is asked is away", async () => {
    const called = await submitted("away", { levels: [of("first")] });
    await using li = await sit("li");
    await li.open(paths.delegations());
    const { delegations } = li.text.approvals;
    await li.fill(delegations.delegate, "ma");
    await li.page.getByRole("option", { name: "ma", exact: true }).click();
    await li.fill(delegations.reason, "holidays");
    await li.press(delegations.add);
    await li.hears(delegations.added("ma"));
    await picture(li, "away");

    await using ma = await sit("ma");
    await ma.open(paths.approvals());
    await card(ma, called).getByText(ma.text.approvals.forOthers("li")).waitFor();
    await approveButton(ma, called).click();
    await decision(ma, called).getByText(ma.text.approvals.decide.onlyFor("li")).waitFor();
    await picture(ma, "delegate-asked");
    await confirmApproval(ma, called);

    await using wang = await sit("wang");
    await wang.open(paths.request(called.id));
    await sees(wang, "succeeded");
    const { onBehalfOf, approved } = wang.text.approvals.vote;
    await approvalPanel(wang)
      .getByText(`ma ${onBehalfOf("li")} ${approved}`)
      .waitFor();
    await li.press(delegations.end("ma"));
    await li.hears(delegations.ended("ma"));
  });

  describe("and is scheduled", () => {
    /** Submitted on the form for an hour from now. */
    const scheduled = async (wang: Person, name: string): Promise<Called> => {
      const definition = await define(name, { levels: [of("first")] }, { schedulable: true });
      await wang.open(paths.order(definition));
      await wang.tick(wang.text.order.when.at);
      await wang.fill(wang.text.order.when.time, wallClock(new Date(Date.now() + 3_600_000)));
      return { id: await submit(wang, wang.text.order.submitForApproval), order: named(name) };
    };

    it("waits for its time once it is approved, and runs then", async () => {
      await using wang = await sit("wang");
      const called = await scheduled(wang, "later");
      await sees(wang, "waiting");
      await using li = await sit("li");
      await li.open(paths.request(called.id));
      await approve(li, called);
      await sees(wang, "scheduled");
      await approvalPanel(wang).getByText(wang.text.approvals.panel.atItsTime).waitFor();
      await picture(wang, "scheduled");
      await letTimePass(seats.world.db, called.id, { scheduled_at: new Date() });
      await sees(wang, "succeeded");
    });

    it("is refused where its time comes before its approval, and says so", async () => {
      await using wang = await sit("wang");
      const called = await scheduled(wang, "too-late");
      const at = new Date();
      await letTimePass(seats.world.db, called.id, { scheduled_at: at });
      await sees(wang, "refused");
      const notice = wang.page.getByRole("alert").filter({ hasText: wang.text.request.notice.refused });
      const said = wang.text.request.notice.refusals.late("|").split("|").at(-1) ?? "";
      await notice.getByText(said.trim()).waitFor();
      await picture(wang, "too-late");
    });
  });
});
