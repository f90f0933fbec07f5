import { describe, expect, test } from "vitest";
import { cronProblem, freezeTimes, frozenAt } from "./freeze-times.ts";

const at = (text: string): Date => new Date(text);
const range = (from: string, to: string) => ({ when: { kind: "range", from, to } }) as const;
const cron = (expression: string, minutes: number, timeZone = "UTC") =>
  ({ when: { kind: "cron", cron: expression, minutes, timeZone } }) as const;
const until = (windows: Parameters<typeof frozenAt>[0], time: string): string | undefined =>
  frozenAt(windows, at(time))?.until.toISOString();

describe("a range", () => {
  const windows = [
    range("2026-11-27T10:00:00Z", "2026-11-27T12:00:00+08:00"),
    range("2026-11-28T00:00:00Z", "2026-11-29T00:00:00Z"),
  ];
  test("holds from its first to before its last moment", () => {
    expect(until(windows, "2026-11-27T23:59:59.999Z")).toBeUndefined();
    expect(until(windows, "2026-11-28T00:00:00Z")).toBe("2026-11-29T00:00:00.000Z");
    expect(until(windows, "2026-11-28T23:59:59.999Z")).toBe("2026-11-29T00:00:00.000Z");
    expect(until(windows, "2026-11-29T00:00:00Z")).toBeUndefined();
  });
});

describe("a cron expression", () => {
  const weekend = cron("0 18 * * 5", 60 * 62, "Asia/Shanghai");
  const friday = [weekend];
  test("holds for its minutes after each of its times, in its zone", () => {
    expect(until(friday, "2026-11-27T09:59:59Z")).toBeUndefined();
    expect(until(friday, "2026-11-27T10:00:00Z")).toBe("2026-11-30T00:00:00.000Z");
    expect(until(friday, "2026-11-29T23:59:59Z")).toBe("2026-11-30T00:00:00.000Z");
    expect(until(friday, "2026-11-30T00:00:00Z")).toBeUndefined();
  });
  test("knows summer time", () => {
    const berlin = [cron("0 2 * * *", 60, "Europe/Berlin")];
    expect(until(berlin, "2026-07-01T00:30:00Z")).toBe("2026-07-01T01:00:00.000Z");
    expect(until(berlin, "2026-12-01T01:30:00Z")).toBe("2026-12-01T02:00:00.000Z");
  });
  test("tells the times to come, with the one that is in force", () => {
    expect(freezeTimes(weekend.when, at("2026-11-28T00:00:00Z"), 2).map(({ from }) => from.toISOString())).toEqual([
      "2026-11-27T10:00:00.000Z",
      "2026-12-04T10:00:00.000Z",
    ]);
  });
  test.each([
    ["0 25 * * *", /hour/],
    ["* * * * * *", /5 parts/],
    ["0 0 30 2 *", /never/],
    ["nonsense of mine", /parts/],
  ])("that is wrong says so: %s", (expression, problem) => {
    expect(cronProblem(expression, "UTC")).toMatch(problem);
  });
  test("that is right has no problem", () => expect(cronProblem("0 18 * * FRI", "Asia/Shanghai")).toBeUndefined());
});

test("windows that follow each other or overlap are one", () => {
  const windows = [
    range("2026-11-28T00:00:00Z", "2026-11-29T00:00:00Z"),
    range("2026-11-29T00:00:00Z", "2026-11-30T00:00:00Z"),
    cron("0 23 29 11 *", 120),
  ];
  expect(until(windows, "2026-11-28T12:00:00Z")).toBe("2026-11-30T01:00:00.000Z");
});

test("of a window that repeats before it ends, the end is left open, and that is found out soon", () => {
  const began = performance.now();
  expect(at(until([cron("* * * * *", 5)], "2026-11-28T12:00:00Z") ?? "").getTime()).toBeGreaterThan(
    at("2026-11-28T16:00:00Z").getTime(),
  );
  expect(performance.now() - began).toBeLessThan(1000);
});
