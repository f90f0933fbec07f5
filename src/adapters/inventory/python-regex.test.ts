import { expect, test } from "vitest";
import { pythonRegExp } from "./python-regex.ts";

test.each([
  ["web", "web01", true],
  ["web", "myweb", false],
  [String.raw`web\d+$`, "web01", true],
  [String.raw`web\d+\Z`, "web01x", false],
  ["(?i)WEB", "web01", true],
  ["(?P<a>w)eb(?P=a)", "webw", true],
  [String.raw`\w+\-\w`, "主机-1", true],
  ["a|web", "web", true],
  ["[]a]x", "]x", true],
  [String.raw`[\w.-]+$`, "a.b-c", true],
  ["x{,2}y", "xxy", true],
  ["a{b}", "a{b}", true],
  ["(?#note)web", "web", true],
])("~%s against %s: %s, as by Python's re.match", (pattern, name, matches) => {
  const expression = pythonRegExp(pattern, "match");
  expect(expression?.test(name)).toBe(matches);
});

test("a search goes on behind the beginning", () => {
  expect(pythonRegExp(String.raw`\d$`, "search")?.test("web1")).toBe(true);
});

test.each(["(", "[a", "*a", String.raw`\y`, "a(?i)b", "(?P<x"])("%s is no regular expression", (pattern) => {
  expect(pythonRegExp(pattern, "match")).toBeUndefined();
});
