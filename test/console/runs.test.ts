import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkOrder } from "../../src/contract/definitions.ts";
import { ApiError } from "./console-client.ts";
import { openConsole, type OpenConsole } from "./open-console.ts";
import { runProcesses } from "./run-processes.ts";

let open: OpenConsole;
beforeAll(async () => void (open = await openConsole()));
afterAll(async () => void (await open?.console.stop()));

let orders = 0;
async function order(mainTask: string, more: Partial<WorkOrder> = {}): Promise<number> {
  orders += 1;
  const { environment, configCentre, admin } = open;
  const { id } = await admin.define("work_order", {
    name: `order${orders}`,
    environment,
    configCentre,
    mainTask,
    ...more,
  });
  return id;
}

describe("a run", () => {
  it("ends well only when every line has ended with 0, and its log is stored whole by then", async () => {
    const id = await order("echo one\necho two");
    const { id: request } = await open.admin.submit(id);
    const ended = await open.admin.until(request);
    expect(ended.state).toBe("succeeded");
    expect(await open.admin.log(ended)).toBe("one\ntwo\n");
    expect(ended.run?.results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });

  it("stops at the first line that fails, and leaves out the post task", async () => {
    const id = await order("echo one\nsh -c 'exit 3'\necho three", { preTask: "echo before", postTask: "echo after" });
    const ended = await open.admin.until((await open.admin.submit(id)).id);
    expect(ended.state).toBe("failed");
    expect(await open.admin.log(ended)).toBe("before\none\n");
    expect(ended.run?.results.map(({ task, exitCode }) => [task, exitCode])).toEqual([
      ["pre", 0],
      ["main", 0],
      ["main", 3],
    ]);
  });

  it("names a program that is not there", async () => {
    const ended = await open.admin.until((await open.admin.submit(await order("no-such-program --flag"))).id);
    expect(ended.state).toBe("failed");
    expect(ended.run?.results[0]?.exitCode).toBe(127);
    expect(await open.admin.log(ended)).toMatch(/no such program: no-such-program/);
  });

  it("runs one after the other under the order's lock, first in first out, and shows the place in the queue", async () => {
    const id = await order("sh -c 'echo begin; sleep 1; echo end'");
    const requests = [];
    for (let n = 0; n < 3; n += 1) requests.push((await open.admin.submit(id)).id);
    await open.admin.until(requests[0] ?? 0, ["running"]);
    const third = await open.admin.request(requests[2] ?? 0);
    expect(third.queue).toEqual({ position: 2, holder: requests[0] });
    const ended = await Promise.all(requests.map((request) => open.admin.until(request)));
    for (const [index, request] of ended.entries()) {
      const before = ended[index - 1];
      if (before !== undefined)
        expect(Date.parse(request.startedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(before.endedAt ?? ""));
    }
  });

  it("is refused, or runs beside the other one, where the order says so", async () => {
    const refusing = await order("sleep 2", { lock: "refuse" });
    const first = await open.admin.submit(refusing);
    await expect(open.admin.submit(refusing)).rejects.toMatchObject({ problem: { status: 409, type: "locked" } });
    const beside = await order("sleep 2", { lock: "none" });
    const both = [await open.admin.submit(beside), await open.admin.submit(beside)];
    await Promise.all(both.map(({ id }) => open.admin.until(id, ["running"], 10)));
    for (const { id } of [first, ...both]) expect((await open.admin.until(id)).state).toBe("succeeded");
  });

  it("is stopped with all that it has started, and says so", async () => {
    const id = await order("sh -c 'trap \"\" TERM; sleep 1001 & setsid sleep 1002 & echo started; wait; sleep 1003'", {
      stopGrace: 1,
    });
    const { id: request } = await open.admin.submit(id);
    await open.admin.until(request, ["running"]);
    await expect.poll(async () => open.admin.log(await open.admin.request(request))).toContain("started");
    expect(runProcesses(open.console.data).filter(({ command }) => command.startsWith("sleep"))).toHaveLength(2);
    const { version } = await open.admin.request(request);
    await open.admin.call("POST /requests/:id/actions", {
      params: { id: request },
      body: { action: "stop", version, reason: "enough" },
    });
    const ended = await open.admin.until(request);
    expect(ended.state).toBe("stopped");
    expect(ended.reason).toBe("enough");
    expect(runProcesses(open.console.data)).toEqual([]);
  });

  it("is taken back while it waits, and never begins", async () => {
    const id = await order("sleep 2");
    const first = await open.admin.submit(id);
    const second = await open.admin.submit(id);
    const { version } = await open.admin.request(second.id);
    const act = (action: string, of: number) =>
      open.admin.call("POST /requests/:id/actions", {
        params: { id: second.id },
        body: { action, version: of, reason: "" },
      });
    await expect(act("revoke", version + 1)).rejects.toMatchObject({ problem: { status: 409, type: "changed" } });
    const revoked = await act("revoke", version);
    expect(revoked.state).toBe("revoked");
    expect((await open.admin.until(first.id)).state).toBe("succeeded");
    expect((await open.admin.request(second.id)).run).toBeNull();
  });

  it("begins at its time, and not before", async () => {
    const id = await order("date", { schedulable: true });
    const at = new Date(Date.now() + 3000);
    const { id: request, state } = await open.admin.submit(id, {}, { scheduledAt: at.toISOString() });
    expect(state).toBe("scheduled");
    const ended = await open.admin.until(request);
    expect(ended.state).toBe("succeeded");
    expect(Date.parse(ended.startedAt ?? "")).toBeGreaterThanOrEqual(at.getTime());
    expect(Date.parse(ended.startedAt ?? "")).toBeLessThan(at.getTime() + 5000);
  });

  it("is ended after the order's time", async () => {
    const ended = await open.admin.until((await open.admin.submit(await order("sleep 1004", { timeout: 1 }))).id);
    expect([ended.state, ended.run?.problem]).toEqual(["failed", "timeout"]);
  });

  it("has its log cut at the order's limit, and goes on", async () => {
    const id = await order("sh -c 'yes | head -c 300000; echo; echo over'\necho after", { logLimit: 100_000 });
    const ended = await open.admin.until((await open.admin.submit(id)).id);
    expect(ended.state).toBe("succeeded");
    expect(ended.run?.logCut).toBe(true);
    expect(Buffer.byteLength(await open.admin.log(ended))).toBe(100_000);
  });
});

describe("submitting", () => {
  it("refuses an order that has changed since the form was opened", async () => {
    const id = await order("echo hi");
    const form = await open.admin.call("GET /orders/:id", { params: { id } });
    const { data, version } = await open.admin.call("GET /definitions/:kind/:id", {
      params: { kind: "work_order", id },
    });
    await open.admin.call("PUT /definitions/:kind/:id", {
      params: { kind: "work_order", id },
      body: { version, data: { ...data, mainTask: "echo other" } },
    });
    await expect(
      open.admin.call("POST /requests", { body: { order: id, orderVersion: form.version, values: {} } }),
    ).rejects.toThrow(ApiError);
  });

  it("refuses a time in the past, and any time where the order has none", async () => {
    const schedulable = await order("echo hi", { schedulable: true });
    const past = new Date(Date.now() - 120_000).toISOString();
    await expect(open.admin.submit(schedulable, {}, { scheduledAt: past })).rejects.toMatchObject({
      problem: { fields: [{ field: "scheduledAt", rule: "in-the-past" }] },
    });
    const soon = new Date(Date.now() + 60_000).toISOString();
    await expect(open.admin.submit(await order("echo hi"), {}, { scheduledAt: soon })).rejects.toMatchObject({
      problem: { fields: [{ field: "scheduledAt", rule: "not-schedulable" }] },
    });
  });
});
