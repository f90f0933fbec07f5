import { expect, it } from "vitest";
import type { RunEvent, Waiting } from "../../engine/events.ts";
import { thinSignsOfLife } from "./signs-of-life.ts";

const began = Date.parse("2026-11-23T10:10:10.000Z");
const step = { kind: "pull" as const, number: 2, of: 4, title: "" };

function base(milliseconds: number): { v: 1; seq: number; at: string } {
  return { v: 1, seq: 1, at: new Date(began + milliseconds).toISOString() };
}
function progress(milliseconds: number, host = "lab1"): RunEvent {
  return { ...base(milliseconds), type: "step-progress", host, step, current: milliseconds, total: 9000 };
}
function waiting(milliseconds: number, what: Waiting): RunEvent {
  return { ...base(milliseconds), type: "step-waiting", host: "lab1", step, waiting: what };
}
/** The most that lie in any second. */
function densest(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 1000).length));
}

it("lets what repeats pass twice a second, each host for itself", () => {
  const passes = thinSignsOfLife();
  const every20 = Array.from({ length: 250 }, (_, index) => index * 20);
  const passed = every20.filter((time) => passes(progress(time)));
  expect(densest(passed)).toBe(2);
  expect(passed.length).toBe(10);
  expect(passes(progress(4990, "lab2"))).toBe(true);
});

it("lets a wait for something else pass in the middle of a stream of progress", () => {
  const passes = thinSignsOfLife();
  for (let time = 0; time < 1000; time += 10) passes(progress(time));
  expect(passes(waiting(1000, { for: "drain", seconds: 60 }))).toBe(true);
});

it("lets no more than four of a host pass in a second, whatever they tell", () => {
  const passes = thinSignsOfLife();
  const times = Array.from({ length: 200 }, (_, index) => index * 25);
  const passed = times.filter((time, index) =>
    passes(waiting(time, index % 2 === 0 ? { for: "server-caches" } : { for: "stop", container: "demo1" })),
  );
  expect(densest(passed)).toBe(4);
});

it("lets every other event pass", () => {
  const passes = thinSignsOfLife();
  const started: RunEvent = { ...base(0), type: "step-started", host: "lab1", step };
  expect(Array.from({ length: 20 }, () => passes(started))).not.toContain(false);
});

it("goes on when the clock is set back", () => {
  const passes = thinSignsOfLife();
  for (const time of [60_000, 60_010]) passes(progress(time));
  expect(passes(progress(0))).toBe(true);
});
