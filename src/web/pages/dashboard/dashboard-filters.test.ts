import { expect, it } from "vitest";
import { bucketOf, filtersIn, historyOf, inAddress, periodBefore, periodOf } from "./dashboard-filters.ts";

const now = new Date(2026, 10, 25, 15, 4, 30);

it("takes filters out of an address, and leaves out what makes no sense", () => {
  expect(filtersIn({ range: "30d", category: "0", order: "-1", by: "wang", from: "2026-11-20" })).toEqual({
    range: "30d",
    category: 0,
    order: undefined,
    by: "wang",
    // Only a period of one's own has ends.
    from: undefined,
    to: undefined,
  });
  expect(filtersIn({ range: "a year" }).range).toBe("7d");
  expect(inAddress(filtersIn({}))).toEqual({});
  expect(inAddress(filtersIn({ range: "own", to: "2026-11-20" }))).toMatchObject({ range: "own", to: "2026-11-20" });
});

it("ends with the present minute, and begins with a whole hour or day of the viewer", () => {
  const to = new Date(2026, 10, 25, 15, 5).toISOString();
  expect(periodOf(filtersIn({ range: "24h" }), now)).toEqual({ from: new Date(2026, 10, 24, 16).toISOString(), to });
  expect(periodOf(filtersIn({}), now)).toEqual({ from: new Date(2026, 10, 19).toISOString(), to });
  expect(periodOf(filtersIn({ range: "90d" }), now)).toEqual({ from: new Date(2026, 7, 28).toISOString(), to });
});

it("takes a period of one's own as it is, also the wrong way round", () => {
  const own = { from: new Date(2026, 10, 1).toISOString(), to: new Date(2026, 10, 11).toISOString() };
  expect(periodOf(filtersIn({ range: "own", from: "2026-11-01", to: "2026-11-10" }), now)).toEqual(own);
  expect(periodOf(filtersIn({ range: "own", from: own.to, to: own.from }), now)).toEqual(own);
});

it("compares with the time just before that is as long", () => {
  expect(periodBefore({ from: "2026-11-20T00:00:00.000Z", to: "2026-11-22T12:00:00.000Z" })).toEqual({
    from: "2026-11-17T12:00:00.000Z",
    to: "2026-11-20T00:00:00.000Z",
  });
});

it("shows hours of a day, days of a month and weeks of a quarter", () => {
  expect(["24h", "7d", "30d", "90d"].map((range) => bucketOf(periodOf(filtersIn({ range }), now)))).toEqual([
    "hour",
    "day",
    "day",
    "week",
  ]);
});

it("leads to the same requests in the history", () => {
  const period = { from: "2026-11-20T00:00:00.000Z", to: "2026-11-22T12:00:00.000Z" };
  expect(historyOf(filtersIn({ order: "5", by: "wang" }), 2, period)).toEqual({
    environment: 2,
    category: undefined,
    order: 5,
    by: "wang",
    ...period,
  });
});
