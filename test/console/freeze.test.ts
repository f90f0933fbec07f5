import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";

let open: OpenConsole;
/** A submitter, who may not break the glass. */
let wang: ConsoleClient;
let order: number;
let slow: number;

const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const inSeconds = (seconds: number): string => inMinutes(seconds / 60);

beforeAll(async () => {
  open = await openConsole();
  const { admin, environment, configCentre } = open;
  const group = await admin.call("POST /user-groups", { body: { name: "developers" } });
  await admin.call("POST /accounts", {
    body: { name: "wang", role: "submitter", groups: [group.id], password: "wang-password" },
  });
  wang = new ConsoleClient(open.console.url);
  await wang.signIn("wang", "wang-password", PASSWORD);
  const define = async (name: string, mainTask: string): Promise<number> => {
    const data = { name, environment, configCentre, mainTask, submitters: [group.id], schedulable: true };
    return (await admin.define("work_order", data)).id;
  };
  order = await define("deploy", "echo hi");
  slow = await define("slow", "sleep 3");
});
afterAll(async () => void (await open?.console.stop()));

/** Freezes the environment for the time of a test. */
async function frozen(when: object, test: () => Promise<void>, environment: number | null = open.environment) {
  const data = { name: `window ${Date.now()}`, reason: "Singles' Day", environment, when };
  const { id } = await open.admin.call("POST /definitions/:kind", {
    params: { kind: "freeze_window" },
    body: { data },
  });
  try {
    await test();
  } finally {
    await open.admin.call("DELETE /definitions/:kind/:id", { params: { kind: "freeze_window", id } });
  }
}
const now = () => ({ kind: "range", from: inMinutes(-1), to: inMinutes(10) });

describe("while an environment is frozen", () => {
  it("nothing is begun there, and the refusal says why and until when", () =>
    frozen(now(), async () => {
      await expect(wang.submit(order)).rejects.toMatchObject({
        problem: { status: 409, type: "frozen", detail: expect.stringContaining("Singles' Day") },
      });
      const preview = await wang.call("POST /orders/:id/preview", { params: { id: order }, body: { values: {} } });
      expect(preview.freeze).toMatchObject({ reason: "Singles' Day" });
      const { items } = await wang.call("GET /freezes");
      expect(items).toMatchObject([{ environment: open.environment, reason: "Singles' Day" }]);
    }));

  it("not even the pre-task of a request that is still to be approved, which would run first", () =>
    frozen(now(), async () => {
      const { admin, environment, configCentre } = open;
      const leads = await admin.call("POST /user-groups", { body: { name: "leads" } });
      const flow = await admin.define("approval_flow", {
        name: "one level",
        levels: [{ name: "Leads", userGroup: leads.id, quorum: 1 }],
      });
      const data = { environment, configCentre, mainTask: "echo hi", approvalFlow: flow.id };
      const later = await admin.define("work_order", { ...data, name: "asks_first" });
      expect((await admin.submit(later.id)).state).toBe("waiting");
      const first = { ...data, name: "checks_first", preTask: "echo check", preTaskBeforeApproval: true };
      await expect(admin.submit((await admin.define("work_order", first)).id)).rejects.toMatchObject({
        problem: { type: "frozen" },
      });
    }));

  it("by a window for every environment, too", () =>
    frozen(now(), () => expect(wang.submit(order)).rejects.toMatchObject({ problem: { type: "frozen" } }), null));

  it("by a cron expression, too", () =>
    frozen({ kind: "cron", cron: "* * * * *", minutes: 5, timeZone: "Asia/Shanghai" }, () =>
      expect(wang.submit(order)).rejects.toMatchObject({ problem: { type: "frozen" } }),
    ));

  it("what is scheduled for later is let in, and for a time in the window is not", () =>
    frozen(now(), async () => {
      const { state, id, version } = await wang.submit(order, {}, { scheduledAt: inMinutes(60) });
      expect(state).toBe("scheduled");
      await expect(wang.submit(order, {}, { scheduledAt: inMinutes(5) })).rejects.toMatchObject({
        problem: { type: "frozen" },
      });
      await wang.call("POST /requests/:id/actions", { params: { id }, body: { action: "revoke", version } });
    }));

  it("those who may break the glass, with a reason, and the audit has it", () =>
    frozen(now(), async () => {
      await expect(wang.submit(order, {}, { breakGlass: "I want to" })).rejects.toMatchObject({
        problem: { status: 403, type: "not-allowed" },
      });
      const { id } = await open.admin.submit(order, {}, { breakGlass: "the site is down" });
      expect(await open.admin.until(id)).toMatchObject({ state: "succeeded", breakGlass: "the site is down" });
      const { items } = await open.admin.call("GET /audit", { query: { action: "glass-broken" } });
      expect(items).toMatchObject([
        { actor: { name: "admin" }, object: { id: String(id) }, data: { reason: "the site is down" } },
      ]);
    }));
});

it("a scheduled request whose time comes in a window that was made since is refused with the reason", async () => {
  const { id } = await wang.submit(order, {}, { scheduledAt: inSeconds(3) });
  await frozen(now(), async () => {
    expect(await wang.until(id, undefined, 20)).toMatchObject({
      state: "refused",
      reason: expect.stringContaining("Singles' Day"),
    });
  });
});

it("a request that waits for its turn when a window begins is refused with the reason", async () => {
  const first = await wang.submit(slow);
  const second = await wang.submit(slow);
  await wang.until(first.id, ["running"]);
  await frozen(now(), async () => {
    expect(await wang.until(second.id, undefined, 20)).toMatchObject({ state: "refused", run: null });
    expect(await wang.until(first.id)).toMatchObject({ state: "succeeded" });
  });
});

it("a window that is not active, is over, or is of another environment freezes nothing", async () => {
  const other = await open.admin.define("environment", { name: "stage" });
  const succeeds = async (): Promise<void> => {
    expect((await wang.until((await wang.submit(order)).id)).state).toBe("succeeded");
  };
  await frozen({ kind: "range", from: inMinutes(-10), to: inMinutes(-1) }, succeeds);
  await frozen(now(), succeeds, other.id);
});

it.each([
  [{ kind: "range", from: "2026-11-11T00:00:00Z", to: "2026-11-10T00:00:00Z" }, "when.to"],
  [{ kind: "cron", cron: "0 25 * * *", minutes: 5 }, "when.cron"],
  [{ kind: "cron", cron: "0 22 * * 5", minutes: 5, timeZone: "Mars/Base" }, "when.timeZone"],
])("a window that makes no sense is refused, naming the field: %j", async (when, field) => {
  const body = { data: { name: "wrong", reason: "r", when } };
  await expect(
    open.admin.call("POST /definitions/:kind", { params: { kind: "freeze_window" }, body }),
  ).rejects.toMatchObject({ problem: { status: 400, fields: [{ field }] } });
});

it("Verify tells the times to come", async () => {
  const data = { name: "x", reason: "r", when: { kind: "cron", cron: "0 22 * * 5", minutes: 60, timeZone: "UTC" } };
  const { times } = await open.admin.call("POST /freeze-windows/verify", { body: { data } });
  expect(times).toHaveLength(5);
  for (const { from, until } of times) {
    expect(from).toMatch(/T22:00:00.000Z$/);
    expect(Date.parse(until) - Date.parse(from)).toBe(3_600_000);
  }
});
