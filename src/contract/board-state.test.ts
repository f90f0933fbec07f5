import { describe, expect, it } from "vitest";
import { requestFor, rollOut } from "../../test/fakes/rollout.ts";
import { FakeWorld } from "../../test/fakes/world.ts";
import type { EventBody, StepName } from "../engine/events.ts";
import { applyEvent, cellElapsed, emptyBoard, remainingSeconds, type BoardState } from "./board-state.ts";

const START = Date.parse("2026-11-23T10:10:10.000Z");
const step: StepName = { kind: "wait", number: 1, of: 1, title: "Step:1/1:Wait." };

/** The board after these events, each at so many seconds from the start. */
function boardOf(events: readonly (readonly [number, EventBody])[]): BoardState {
  const board = emptyBoard();
  events.forEach(([seconds, event], index) =>
    applyEvent(board, { ...event, v: 1, seq: index + 1, at: new Date(START + seconds * 1000).toISOString() }),
  );
  return board;
}

const started: EventBody = {
  type: "run-started",
  run: "r",
  mode: "update",
  environment: "prod",
  project: "demo1",
  image: undefined,
  hosts: ["lab1"],
  pattern: "demo1",
  user: "wang",
  machine: "m",
};

describe("the state of a board", () => {
  it("knows batches, the failed step and what was gone back to after a release that failed on one of three hosts", async () => {
    const world = new FakeWorld();
    world.addImage("registry/demo1:v1");
    const hosts = ["lab1", "lab2", "lab3"].map((name) => world.addHost(name));
    for (const { name } of hosts) world.addContainer(name, "demo1-20261101.090000");
    world.faults.set("lab2 run", { reason: "disk-full", host: "lab2", action: "run", detail: "no space" });
    const { events } = await rollOut(world, requestFor("update", hosts));
    const board = boardOf(events.map((event) => [0, event]));
    expect(board.batches).toEqual([["lab1"], ["lab2"], ["lab3"]]);
    expect(board.batch).toBe(2);
    expect(board.whys.map((each) => [each.host, each.step])).toEqual([["lab2", "run"]]);
    expect(board.rows.get("lab2")?.rescue?.restored).toBe("demo1-20261101.090000");
    expect(board.outcome?.hosts.map(({ host, verdict }) => [host, verdict])).toEqual([
      ["lab1", "done"],
      ["lab2", "rescued"],
      ["lab3", "untouched"],
    ]);
    expect(board.stopped).toEqual({ because: "failures", left: ["lab3"] });
    expect(board.outcome?.status).toBe("failed");
  });

  it("counts a step's time from its start to its end, through waits and progress", () => {
    const board = boardOf([
      [0, started],
      [1, { type: "step-started", host: "lab1", step }],
      [3, { type: "step-waiting", host: "lab1", step, waiting: { for: "drain", seconds: 60 } }],
      [9, { type: "step-finished", host: "lab1", step, status: "ok", seconds: 8, result: {} }],
    ]);
    const cell = board.rows.get("lab1")?.cells.get("wait");
    expect(cell && cellElapsed(cell, START + 99_000)).toBe(8000);
  });

  it("counts down what is waited for from when that wait began, not from its last sign of life", () => {
    const board = boardOf([
      [0, started],
      [1, { type: "step-started", host: "lab1", step }],
      [2, { type: "step-waiting", host: "lab1", step, waiting: { for: "bake", seconds: 10 } }],
      [5, { type: "step-waiting", host: "lab1", step, waiting: { for: "bake", seconds: 10 } }],
    ]);
    const cell = board.rows.get("lab1")?.cells.get("wait");
    expect(cell && remainingSeconds(cell, undefined, START + 6000)).toBe(6);
    expect(cell && remainingSeconds(cell, undefined, START + 60_000)).toBe(0);
  });

  it("gives a health check what is left of the plan's check time, and waits of unknown length nothing", () => {
    const probing = boardOf([
      [0, started],
      [1, { type: "step-started", host: "lab1", step }],
      [
        4,
        { type: "step-waiting", host: "lab1", step, waiting: { for: "probe", probe: "/h", detail: "503", seconds: 3 } },
      ],
    ]);
    const cell = probing.rows.get("lab1")?.cells.get("wait");
    expect(cell && remainingSeconds(cell, 120, START + 11_000)).toBe(110);
    const caches = boardOf([
      [0, started],
      [1, { type: "step-started", host: "lab1", step }],
      [2, { type: "step-waiting", host: "lab1", step, waiting: { for: "server-caches" } }],
    ]);
    const waiting = caches.rows.get("lab1")?.cells.get("wait");
    expect(waiting && remainingSeconds(waiting, 120, START + 11_000)).toBeUndefined();
  });

  it("keeps a hook with what it printed, in the place where it began", () => {
    const board = boardOf([
      [0, started],
      [1, { type: "hook-started", hook: "before", command: ["/h"] }],
      [2, { type: "hook-finished", hook: "before", command: ["/h"], exitCode: 3, output: "no", seconds: 1 }],
    ]);
    expect(board.hooks).toEqual([{ hook: "before", command: ["/h"], exitCode: 3, output: "no" }]);
  });
});
