import { expect, test } from "vitest";
import { globRegExp } from "./glob.ts";

test.each([
  ["web*", "web01", true],
  ["web?", "web", false],
  ["web0[13]", "web03", true],
  ["web0[!13]", "web03", false],
  ["web0[1-3]", "web02", true],
  ["web0[3-1]", "web02", false],
  ["[]a]", "]", true],
  ["[a-]", "-", true],
  ["web[", "web[", true],
  ["a.b", "axb", false],
  ["x-y", "x-y", true],
  ["主*", "主机", true],
  ["WEB", "web", false],
])("%s against %s: %s", (pattern, name, matches) => {
  expect(globRegExp(pattern).test(name)).toBe(matches);
});
