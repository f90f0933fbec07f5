import { expect, test } from "vitest";
import { compareText, extension, floatText, splitLines, strip } from "./python-text.ts";

test.each([
  [1, "1.0"],
  [-0, "-0.0"],
  [0.1, "0.1"],
  [0.0001, "0.0001"],
  [0.000_01, "1e-05"],
  [123_456_789.123, "123456789.123"],
  [1e15, "1000000000000000.0"],
  [1e16, "1e+16"],
  [-2.5e300, "-2.5e+300"],
  [5e-324, "5e-324"],
  [Number.POSITIVE_INFINITY, "inf"],
])("the float %d is written as Python writes it: %s", (value, text) => {
  expect(floatText(value)).toBe(text);
});

test("lines end where Python ends them, and the last one need not", () => {
  expect(splitLines("a\r\nb\u2028c\x85d\n\ne\n")).toEqual(["a", "b", "c", "d", "", "e"]);
});

test("white space is what Python strips: full-width spaces, but no byte order mark", () => {
  expect(strip("\u3000 a b\t\u00a0")).toBe("a b");
  expect(strip("\u{feff}a")).toBe("\u{feff}a");
});

test("strings sort by code points, so that emoji come after everything in the basic plane", () => {
  expect(["😀", "\u{ffff}", "a", "B", "中"].toSorted(compareText)).toEqual(["B", "a", "中", "\u{ffff}", "😀"]);
});

test.each([
  ["hosts", ""],
  ["a.b/hosts", ""],
  ["hosts.yml", ".yml"],
  [".hosts", ""],
  ["web.example.com", ".com"],
])("the extension of %s is %j", (path, expected) => {
  expect(extension(path)).toBe(expected);
});
