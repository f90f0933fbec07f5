import { expect, it } from "vitest";
import { stretchOf, tickOf } from "./stretch-words.ts";

const at = (...of: [number, number, number, number?]): string => new Date(...of).toISOString();

it("names an hour by its ends, a day once, and a week by its days", () => {
  const hour = { from: at(2026, 10, 20, 9), to: at(2026, 10, 20, 10) };
  expect(stretchOf(hour, "hour", "en")).toBe("Fri, Nov 20 09:00–10:00");
  const day = { from: at(2026, 10, 20), to: at(2026, 10, 21) };
  expect(stretchOf(day, "day", "en")).toBe("Fri, Nov 20");
  const week = { from: at(2026, 10, 16), to: at(2026, 10, 23) };
  expect(stretchOf(week, "week", "en")).toBe("Mon, Nov 16 – Sun, Nov 22");
  expect(stretchOf(week, "week", "zh")).toBe("11月16日周一 – 11月22日周日");
});

it("puts the hour or the first day below a part of a chart", () => {
  expect(tickOf({ from: at(2026, 10, 20, 9), to: at(2026, 10, 20, 10) }, "hour", "zh")).toBe("09:00");
  expect(tickOf({ from: at(2026, 10, 16), to: at(2026, 10, 23) }, "week", "en")).toBe("Nov 16");
});
