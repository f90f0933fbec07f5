import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DefinitionKind } from "../../src/contract/definitions.ts";
import type { RequestDetail } from "../../src/contract/requests.ts";
import {
  auditOf,
  letTimePass,
  openApprovalPeople,
  vote,
  voteOn,
  type ApprovalPeople,
  type Name,
} from "./approval-people.ts";
import type { ConsoleClient } from "./console-client.ts";

let world: ApprovalPeople;
beforeAll(async () => void (world = await openApprovalPeople()));
afterAll(() => world?.close());

const as = (name: Name): ConsoleClient => world.people[name];
const refused = (status: number, type: string) => ({ problem: { status, type } });
const HOUR = 3_600_000;
const inAnHour = (): string => new Date(Date.now() + HOUR).toISOString();
const twoOfFirst = () => ({ levels: [{ name: "both", userGroup: world.groups.first, quorum: 2 }] });

async function change(kind: DefinitionKind, id: number, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const { admin } = world.open;
  const { data, version } = await admin.call("GET /definitions/:kind/:id", { params: { kind, id } });
  await admin.call("PUT /definitions/:kind/:id", {
    params: { kind, id },
    body: { version, data: { ...data, ...fields } },
  });
}
const edit = (client: ConsoleClient, { id, version }: RequestDetail, more: object = {}): Promise<RequestDetail> =>
  client.call("PUT /requests/:id", { params: { id }, body: { version, values: {}, ...more } });
const act = (client: ConsoleClient, { id, version }: RequestDetail, action: string): Promise<RequestDetail> =>
  client.call("POST /requests/:id/actions", { params: { id }, body: { action, version } });

describe("the time", () => {
  it("in which to answer is over: the request expires, and nobody can vote on it any more", async () => {
    const seen = await as("wang").submit(await world.order({ expiryHours: 1 }));
    expect(Date.parse(seen.approval?.expiresAt ?? "") - Date.now()).toBeGreaterThan(HOUR - 60_000);
    await letTimePass(world.db, seen.id, { expires_at: new Date() });
    expect((await as("wang").until(seen.id)).state).toBe("expired");
    await expect(voteOn(as("li"), seen)).rejects.toMatchObject(refused(409, "changed"));
    expect(await auditOf(world.db, seen.id)).toEqual(["wang submitted", "console expired"]);
  });

  it("is not over before: a job that comes too early does nothing", async () => {
    const { id } = await as("wang").submit(await world.order({ expiryHours: 1 }));
    await letTimePass(world.db, id, { expires_at: new Date(Date.now() + HOUR) });
    await delay(3000);
    expect((await as("wang").request(id)).state).toBe("waiting");
  });

  it("to run is still to come when it is approved: it waits for it", async () => {
    const order = await world.order({}, { schedulable: true });
    const at = new Date(Date.now() + 6000);
    const { id } = await as("wang").submit(order, {}, { scheduledAt: at.toISOString() });
    expect((await vote(as("li"), id)).state).toBe("scheduled");
    const ended = await as("wang").until(id);
    expect(ended.state).toBe("succeeded");
    expect(Date.parse(ended.startedAt ?? "")).toBeGreaterThanOrEqual(at.getTime());
  });

  it("to run has come before it is approved: it is refused, and says so", async () => {
    const order = await world.order(twoOfFirst(), { schedulable: true });
    const { id } = await as("wang").submit(order, {}, { scheduledAt: inAnHour() });
    await vote(as("li"), id);
    const at = new Date();
    await letTimePass(world.db, id, { scheduled_at: at });
    const ended = await as("wang").until(id);
    expect([ended.state, ended.reason, ended.run]).toEqual([
      "refused",
      `was to run at ${at.toISOString()}, not approved by then`,
      null,
    ]);
  });

  it("to run is over at the moment of the last vote: it is refused, not run late", async () => {
    const order = await world.order({}, { schedulable: true });
    const seen = await as("wang").submit(order, {}, { scheduledAt: inAnHour() });
    await world.db.updateTable("request").set({ scheduled_at: new Date() }).where("id", "=", seen.id).execute();
    const ended = await voteOn(as("li"), seen);
    expect([ended.state, ended.reason]).toEqual(["refused", expect.stringContaining("not approved by then")]);
  });
});

it("waits for its submitter once it is approved where the order does not run by itself", async () => {
  const { id } = await as("wang").submit(await world.order({}, { runOnApproval: false }));
  const approved = await vote(as("li"), id);
  expect([approved.state, approved.run, approved.allowed.includes("run")]).toEqual(["approved", null, false]);
  await expect(act(as("li"), approved, "run")).rejects.toMatchObject(refused(403, "not-allowed"));
  const seen = await as("wang").request(id);
  await act(as("wang"), seen, "run");
  await expect(act(as("wang"), seen, "run")).rejects.toMatchObject({ problem: { status: 409 } });
  expect((await as("wang").until(id)).state).toBe("succeeded");
});

describe("an edit", () => {
  it("voids what was decided: other command, other hash, first level, old votes marked", async () => {
    const { admin } = world.open;
    const variable = await admin.define("variable", {
      name: "edited",
      label: "Fruit",
      source: { kind: "list", values: ["apple", "pear"] },
      formType: "select",
    });
    const variables = await admin.define("variable_group", { name: "edited", variables: [variable.id] });
    const order = await world.order(twoOfFirst(), { mainTask: "echo {edited}", variableGroup: variables.id });
    const before = await as("wang").submit(order, { edited: "apple" });
    await vote(as("li"), before.id);
    await expect(edit(as("li"), before)).rejects.toMatchObject(refused(403, "not-allowed"));
    await expect(edit(world.open.admin, before)).rejects.toMatchObject(refused(403, "not-allowed"));
    await expect(edit(as("wang"), before, { values: { edited: ["plum"] } })).rejects.toMatchObject(
      refused(400, "invalid"),
    );
    const after = await edit(as("wang"), before, { values: { edited: ["pear"] }, note: "pears are better" });
    expect(after).toMatchObject({ state: "waiting", note: "pears are better", lines: [{ argv: ["echo", "pear"] }] });
    expect(after.hash).not.toBe(before.hash);
    expect(after.approval?.levels[0]?.votes).toEqual([]);
    expect(after.approval?.voided.map(({ by }) => by)).toEqual(["li"]);
    await expect(voteOn(as("zhao"), before)).rejects.toMatchObject(refused(409, "changed"));
    await expect(edit(as("wang"), before)).rejects.toMatchObject(refused(409, "changed"));
    await vote(as("zhao"), before.id);
    // Who has voted on what there was before may vote on what there is now.
    await vote(as("li"), before.id);
    const ended = await as("wang").until(before.id);
    expect(ended.state).toBe("succeeded");
    expect(await as("wang").log(ended)).toBe("pear\n");
    expect((await auditOf(world.db, before.id)).slice(0, 4)).toEqual([
      "wang submitted",
      "li vote-approve",
      "wang edited",
      "wang votes-voided",
    ]);
  });

  it("moves the time of a request that is approved and scheduled, which has to be approved again", async () => {
    const order = await world.order({}, { schedulable: true });
    const { id } = await as("wang").submit(order, {}, { scheduledAt: inAnHour() });
    const scheduled = await vote(as("li"), id);
    expect(scheduled.state).toBe("scheduled");
    const edited = await edit(as("wang"), scheduled);
    expect([edited.state, edited.scheduledAt]).toEqual(["waiting", null]);
    await vote(as("zhao"), id);
    expect((await as("wang").until(id)).state).toBe("succeeded");
  });

  it("keeps the secrets that are left out", async () => {
    const { admin } = world.open;
    const variable = await admin.define("variable", {
      name: "pin",
      label: "Pin",
      source: { kind: "input" },
      formType: "text",
      secret: true,
    });
    const variables = await admin.define("variable_group", { name: "pins", variables: [variable.id] });
    const mainTask = "sh -c 'test \"$GANTRY_SECRET_pin\" = kept-pin-4711'";
    const order = await world.order({}, { mainTask, variableGroup: variables.id });
    const before = await as("wang").submit(order, { pin: "kept-pin-4711" });
    const { id } = await edit(as("wang"), before, { note: "other" });
    await vote(as("li"), id);
    expect((await as("wang").until(id)).state).toBe("succeeded");
  });
});

describe("a newer version of what a request was made from", () => {
  it("voids the votes, and nobody can approve until the submitter has taken it over", async () => {
    const order = await world.order(twoOfFirst(), { mainTask: "echo before" });
    const seen = await as("wang").submit(order);
    await vote(as("li"), seen.id);
    await change("work_order", order, { mainTask: "echo after" });
    const outdated = await as("zhao").request(seen.id);
    expect(outdated.state).toBe("waiting");
    expect(outdated.approval?.outdated).toEqual([{ kind: "work_order", name: outdated.order.name, from: 1, to: 2 }]);
    expect([outdated.allowed.includes("approve"), outdated.allowed.includes("reject")]).toEqual([false, true]);
    expect(outdated.approval?.voided.map(({ by }) => by)).toEqual(["li"]);
    await expect(vote(as("zhao"), seen.id)).rejects.toMatchObject({
      problem: {
        status: 409,
        type: "outdated",
        detail: expect.stringContaining(`work order ${outdated.order.name}: version 1 -> 2`) as string,
      },
    });
    const waiting = async () => (await as("zhao").call("GET /approvals")).items.map(({ id }) => id);
    expect(await waiting()).not.toContain(seen.id);
    const renewed = await edit(as("wang"), await as("wang").request(seen.id));
    expect([renewed.order.version, renewed.approval?.outdated]).toEqual([2, []]);
    expect(await waiting()).toContain(seen.id);
    await vote(as("zhao"), seen.id);
    await vote(as("li"), seen.id);
    expect(await as("wang").log(await as("wang").until(seen.id))).toBe("after\n");
    expect(await auditOf(world.db, seen.id)).toContain("console votes-voided");
  });

  it.each(["environment", "config_centre", "approval_flow", "variable"] as const)(
    "takes back an approval that has been given: %s",
    async (kind) => {
      const { admin, configCentre } = world.open;
      const environment = await admin.define("environment", { name: `of-${kind.replace("_", "-")}` });
      const variable = await admin.define("variable", {
        name: `of_${kind}`,
        label: "Any",
        source: { kind: "input" },
        formType: "text",
        required: false,
      });
      const variables = await admin.define("variable_group", { name: `of_${kind}`, variables: [variable.id] });
      const order = await world.order(
        {},
        { environment: environment.id, variableGroup: variables.id, runOnApproval: false },
      );
      const { id } = await as("wang").submit(order);
      expect((await vote(as("li"), id)).state).toBe("approved");
      const { data } = await admin.call("GET /definitions/:kind/:id", { params: { kind: "work_order", id: order } });
      const ids = {
        environment: environment.id,
        config_centre: configCentre,
        approval_flow: Number(data["approvalFlow"]),
        variable: variable.id,
      };
      await change(kind, ids[kind], { description: "newer" });
      const back = await as("wang").request(id);
      expect([back.state, back.approval?.level]).toEqual(["waiting", 1]);
      expect(back.approval?.outdated.map((part) => part.kind)).toEqual([kind]);
    },
  );

  it("is no matter for requests that nobody is asked about", async () => {
    const order = await world.order({}, { approvalFlow: null, schedulable: true });
    const { id, state } = await as("wang").submit(order, {}, { scheduledAt: inAnHour() });
    await change("work_order", order, { mainTask: "echo after" });
    expect([state, (await as("wang").request(id)).state]).toEqual(["scheduled", "scheduled"]);
  });

  it("refuses what is approved and waits for the lock, at the moment when it would begin", async () => {
    const order = await world.order({}, { mainTask: "sleep 4" });
    const [first, second] = [await as("wang").submit(order), await as("wang").submit(order)];
    await vote(as("li"), first.id);
    await as("wang").until(first.id, ["running"]);
    expect((await vote(as("li"), second.id)).state).toBe("queued");
    expect((await as("wang").request(second.id)).queue).toEqual({ position: 1, holder: first.id });
    await change("work_order", order, { mainTask: "echo other" });
    const ended = await as("wang").until(second.id);
    expect([ended.state, ended.run]).toEqual(["refused", null]);
    expect(ended.reason).toBe(`changed since approval: work order ${ended.order.name}: version 1 -> 2`);
    expect((await as("wang").until(first.id)).state).toBe("succeeded");
    // The lock is free for the next one.
    const third = await as("wang").submit(order);
    await vote(as("li"), third.id);
    expect((await as("wang").until(third.id)).state).toBe("succeeded");
  });
});

it("is either approved or changed first where both happen at the same moment", async () => {
  for (let round = 0; round < 5; round += 1) {
    const order = await world.order({});
    const seen = await as("wang").submit(order);
    await Promise.allSettled([voteOn(as("li"), seen), change("work_order", order, { description: "newer" })]);
    const after = await as("wang").until(seen.id, ["waiting", "succeeded", "refused"]);
    const { approval, state, reason } = after;
    if (state === "waiting") expect([approval?.outdated.length, approval?.levels[0]?.votes]).toEqual([1, []]);
    else expect(approval?.level).toBeNull();
    if (state === "refused") expect(reason).toContain("changed since approval");
  }
});

describe("the order's lock", () => {
  it("is not held while a request waits for approval, and refuses it only when it is to run", async () => {
    const order = await world.order({}, { mainTask: "sleep 3", lock: "refuse" });
    const first = await as("wang").submit(order);
    const second = await as("wang").submit(order);
    await vote(as("li"), first.id);
    const late = await vote(as("li"), second.id);
    expect([late.state, late.reason]).toEqual([
      "refused",
      `locked: request ${first.id} of this order runs, or is about to`,
    ]);
    expect((await as("wang").until(first.id)).state).toBe("succeeded");
  });
});

it("revokes, stops and ends are in the audit, too", async () => {
  const order = await world.order({}, { mainTask: "sleep 1006", stopGrace: 1 });
  const waiting = await as("wang").submit(order);
  await act(as("wang"), waiting, "revoke");
  expect(await auditOf(world.db, waiting.id)).toEqual(["wang submitted", "wang revoked"]);
  const { id } = await as("wang").submit(order);
  await vote(as("li"), id);
  await act(as("wang"), await as("wang").until(id, ["running"]), "stop");
  expect((await as("wang").until(id)).state).toBe("stopped");
  expect((await auditOf(world.db, id)).slice(3)).toEqual([
    "console run-started",
    "wang stop-requested",
    "console run-ended",
  ]);
});
