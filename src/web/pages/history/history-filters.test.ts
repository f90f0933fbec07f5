import { expect, it } from "vitest";
import { filtersIn, isFiltered, requestQuery, valueFilter } from "./history-filters.ts";

it("takes filters out of an address, and leaves out what makes no sense", () => {
  expect(
    filtersIn({
      state: "failed,lost",
      environment: "3",
      category: "0",
      order: "x",
      by: "wang",
      text: "",
      value: "no colon",
      from: "2026-11-20",
      to: "soon",
    }),
  ).toEqual({
    state: "failed,lost",
    environment: 3,
    category: 0,
    order: undefined,
    by: "wang",
    text: undefined,
    value: undefined,
    from: "2026-11-20",
    to: undefined,
  });
});

it("asks for whole days of the viewer, the last one included, and for moments as they are", () => {
  const { from, to } = requestQuery({ from: "2026-11-20", to: "2026-11-30" });
  expect(from).toBe(new Date(2026, 10, 20).toISOString());
  expect(to).toBe(new Date(2026, 11, 1).toISOString());
  expect(requestQuery({ to: "2026-11-30T10:00:00.000Z" }).to).toBe("2026-11-30T10:00:00.000Z");
});

it("filters by the value of a variable only once there is a text", () => {
  expect(valueFilter("group1:demo:1")).toEqual({ variable: "group1", text: "demo:1" });
  expect(requestQuery({ value: "group1:demo1" }).value).toBe("group1:demo1");
  expect(requestQuery({ value: "group1:" }).value).toBeUndefined();
});

it("knows whether anything is filtered by", () => {
  expect(isFiltered(filtersIn({}))).toBe(false);
  expect(isFiltered(filtersIn({ by: "wang" }))).toBe(true);
  expect(isFiltered(filtersIn({ category: "0" }))).toBe(true);
});
