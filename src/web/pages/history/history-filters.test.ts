import { expect, it } from "vitest";
import { filtersIn, isFiltered, requestQuery } from "./history-filters.ts";

it("takes filters out of an address, and leaves out what makes no sense", () => {
  expect(
    filtersIn({
      state: "failed,lost",
      environment: "3",
      order: "x",
      by: "wang",
      text: "",
      from: "2026-11-20",
      to: "soon",
    }),
  ).toEqual({
    state: "failed,lost",
    environment: 3,
    order: undefined,
    by: "wang",
    text: undefined,
    from: "2026-11-20",
    to: undefined,
  });
});

it("asks for whole days of the viewer, the last one included", () => {
  const { from, to } = requestQuery({ from: "2026-11-20", to: "2026-11-30" });
  expect(from).toBe(new Date(2026, 10, 20).toISOString());
  expect(to).toBe(new Date(2026, 11, 1).toISOString());
});

it("knows whether anything is filtered by", () => {
  expect(isFiltered(filtersIn({}))).toBe(false);
  expect(isFiltered(filtersIn({ by: "wang" }))).toBe(true);
});
