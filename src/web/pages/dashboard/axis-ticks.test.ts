import { expect, it } from "vitest";
import { durationTicks, partTicks } from "./axis-ticks.ts";

it("steps through time as people count it, four steps at most", () => {
  expect(durationTicks(0)).toEqual([0, 1]);
  expect(durationTicks(55)).toEqual([0, 15, 30, 45, 60]);
  expect(durationTicks(604)).toEqual([0, 300, 600, 900]);
  expect(durationTicks(6 * 3600)).toEqual([0, 7200, 14_400, 21_600]);
});

it("steps through parts of one evenly, also where nothing failed", () => {
  const percents = (most: number): readonly number[] => partTicks(most).map((part) => Math.round(part * 100));
  expect(percents(0)).toEqual([0, 2, 4, 6, 8]);
  expect(percents(0.28)).toEqual([0, 10, 20, 30]);
  expect(percents(1)).toEqual([0, 25, 50, 75, 100]);
});
