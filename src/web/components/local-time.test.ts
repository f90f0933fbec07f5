import { expect, it } from "vitest";
import { localMinute, withOffset } from "./local-time.ts";

it("an input of a date and time begins with the viewer's own", () => {
  expect(localMinute(new Date(2026, 0, 2, 3, 4))).toBe("2026-01-02T03:04");
});

it("a moment with an offset is the same moment", () => {
  const moment = new Date(2026, 10, 25, 22, 0, 7);
  expect(withOffset(moment)).toMatch(/^2026-11-25T22:00:07[+-]\d{2}:\d{2}$/);
  expect(Date.parse(withOffset(moment))).toBe(moment.getTime());
});
