import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditOf, openApprovalPeople, vote, type ApprovalPeople } from "./approval-people.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsoleDatabase } from "./console-database.ts";
import { startConsole } from "./console-process.ts";
import { PASSWORD } from "./open-console.ts";

let world: ApprovalPeople;
beforeAll(async () => void (world = await openApprovalPeople()));
afterAll(() => world?.close());

const FIRST = { preTask: "echo looking", mainTask: "echo doing", preTaskBeforeApproval: true };

it("runs the pre-task at submission, and the rest alone once it is approved", async () => {
  const { wang, li } = world.people;
  const { id, state } = await wang.submit(await world.order({}, FIRST));
  expect(state).toBe("queued");
  const asked = await wang.until(id, ["waiting"]);
  expect(asked.preRun?.state).toBe("succeeded");
  expect(asked.run?.id).toBe(asked.preRun?.id);
  expect(await li.log(await li.request(id))).toBe("looking\n");
  await vote(li, id);
  const ended = await wang.until(id);
  expect(ended.state).toBe("succeeded");
  expect(ended.run?.results.map(({ task }) => task)).toEqual(["main"]);
  expect(await wang.log(ended)).toBe("doing\n");
  expect(ended.preRun?.id).not.toBe(ended.run?.id);
  expect(await auditOf(world.db, id)).toEqual([
    "wang submitted",
    "console run-started",
    "console run-ended",
    "li vote-approve",
    "li approved",
    "console run-started",
    "console run-ended",
  ]);
});

it("asks nobody where the pre-task fails", async () => {
  const { wang } = world.people;
  const { id } = await wang.submit(await world.order({}, { ...FIRST, preTask: "sh -c 'exit 4'" }));
  const ended = await wang.until(id);
  expect([ended.state, ended.run?.results.map(({ exitCode }) => exitCode)]).toEqual(["failed", [4]]);
  expect(ended.approval?.levels[0]?.votes).toEqual([]);
});

it("asks nobody where the pre-task was stopped", async () => {
  const { wang } = world.people;
  const { id } = await wang.submit(await world.order({}, { ...FIRST, preTask: "sleep 1007", stopGrace: 1 }));
  const { version } = await wang.until(id, ["running"]);
  await wang.call("POST /requests/:id/actions", { params: { id }, body: { action: "stop", version } });
  expect((await wang.until(id)).state).toBe("stopped");
});

it("takes the order's lock for the pre-task, and frees it while it waits for approval", async () => {
  const { wang, li } = world.people;
  const order = await world.order({}, { ...FIRST, preTask: "sleep 2" });
  const [first, second] = [await wang.submit(order), await wang.submit(order)];
  await wang.until(first.id, ["running"]);
  expect((await wang.request(second.id)).queue).toEqual({ position: 1, holder: first.id });
  const [one, two] = [await wang.until(first.id, ["waiting"]), await wang.until(second.id, ["waiting"])];
  expect(Date.parse(two.preRun?.startedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(one.preRun?.endedAt ?? ""));
  await vote(li, second.id);
  expect((await wang.until(second.id)).state).toBe("succeeded");
});

it("runs the pre-task again where an edit has changed what it is of", async () => {
  const { wang, li } = world.people;
  const { id } = await wang.submit(await world.order({}, FIRST));
  const asked = await wang.until(id, ["waiting"]);
  const edited = await wang.call("PUT /requests/:id", {
    params: { id },
    body: { version: asked.version, values: {}, note: "again" },
  });
  expect([edited.state, edited.preRun]).toEqual(["queued", null]);
  const again = await wang.until(id, ["waiting"]);
  expect(again.preRun?.id).not.toBe(asked.preRun?.id);
  await vote(li, id);
  expect((await wang.until(id)).state).toBe("succeeded");
});

it("goes on to ask, and then to run, though the console is killed in mid-pre-task and while it waits", async () => {
  const { open } = world;
  const order = await world.order({}, { ...FIRST, preTask: "sh -c 'echo begin; sleep 4; echo end'" });
  const { id } = await world.people.wang.submit(order);
  await world.people.wang.until(id, ["running"]);
  await open.console.kill();
  await delay(1000);
  const again = await startConsole({ data: open.console.data });
  try {
    const [wang, li] = [new ConsoleClient(again.url), new ConsoleClient(again.url)];
    await wang.signIn("wang", PASSWORD);
    await li.signIn("li", PASSWORD);
    const asked = await wang.until(id, ["waiting"], 40);
    expect(await wang.log(asked)).toBe("begin\nend\n");
    await vote(li, id);
    const ended = await wang.until(id);
    expect([ended.state, await wang.log(ended)]).toEqual(["succeeded", "doing\n"]);
    const db = openConsoleDatabase(open.console.data);
    const runs = await db
      .selectFrom("run")
      .select(["phase", "state"])
      .where("request", "=", id)
      .orderBy("id")
      .execute();
    await db.destroy();
    expect(runs).toEqual([
      { phase: "pre", state: "succeeded" },
      { phase: "main", state: "succeeded" },
    ]);
  } finally {
    await again.stop();
  }
});
