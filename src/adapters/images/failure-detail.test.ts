import { expect, test } from "vitest";
import { Mask, oneLine } from "./failure-detail.ts";

test("a server's words become one short line without control characters", () => {
  expect(oneLine("  a\r\n\tb\u001b[31mc\u202e ")).toBe("a b [31mc");
  expect(oneLine("x".repeat(1000))).toHaveLength(300);
});

test("secrets that were sent are taken out, the longest first", () => {
  const mask = new Mask();
  for (const secret of ["", "abc", "abcdef"]) mask.hide(secret);
  expect(mask.clean("got abcdef and abc, twice abc")).toBe("got [redacted] and [redacted], twice [redacted]");
});
