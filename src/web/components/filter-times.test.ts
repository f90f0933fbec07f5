import { expect, it } from "vitest";
import { beginOf, endOf, filterTime, inputTime, typedTime } from "./filter-times.ts";

it("takes days and moments out of an address, and nothing else", () => {
  expect(filterTime("2026-11-20")).toBe("2026-11-20");
  expect(filterTime("2026-11-20T10:00:00.000Z")).toBe("2026-11-20T10:00:00.000Z");
  expect(filterTime("2026-11-20T10:00:00+08:00")).toBe("2026-11-20T10:00:00+08:00");
  // Without a zone nobody knows which moment is meant.
  for (const wrong of ["2026-11-20T10:00", "soon", "2026-13-40", "", undefined, 20261120]) {
    expect(filterTime(wrong), String(wrong)).toBeUndefined();
  }
});

it("makes whole days of the viewer out of days, the last one included", () => {
  expect(beginOf("2026-11-20")).toBe(new Date(2026, 10, 20).toISOString());
  expect(endOf("2026-11-30")).toBe(new Date(2026, 11, 1).toISOString());
  expect(endOf("2026-11-20T10:00:00.000Z")).toBe("2026-11-20T10:00:00.000Z");
  expect([beginOf(undefined), endOf(undefined)]).toEqual([undefined, undefined]);
});

it("shows a moment in the viewer's zone, and reads it back as the same moment", () => {
  const moment = new Date(2026, 10, 20, 8, 5, 9).toISOString();
  expect(inputTime(moment)).toBe("2026-11-20T08:05:09");
  expect(inputTime(new Date(2026, 10, 20, 8, 5).toISOString())).toBe("2026-11-20T08:05");
  expect(typedTime(inputTime(moment))).toBe(moment);
  expect(typedTime("2026-11-20")).toBe("2026-11-20");
  expect(typedTime("")).toBeUndefined();
});
