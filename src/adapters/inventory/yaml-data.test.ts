import { expect, test } from "vitest";
import { readData } from "./data-file.ts";
import { writeJson } from "./python-json-write.ts";

function json(text: string): unknown {
  const data = readData(text);
  return data.ok ? writeJson(data.value.value).replaceAll(/\s+/g, " ") : data.failure;
}

test.each([
  ["a: yes", '{ "a": true }'],
  ["a: 017", '{ "a": 15 }'],
  ["a: 08", '{ "a": "08" }'],
  ["a: 12:30", '{ "a": 750 }'],
  ["a: 1e3", '{ "a": "1e3" }'],
  ["a: 1.0e+3", '{ "a": 1000.0 }'],
  ["a: ~", '{ "a": null }'],
  ["a:", '{ "a": null }'],
  ["a: 2001-12-14 21:59:43.1 Z", '{ "a": "2001-12-14T21:59:43.100000+00:00" }'],
  ["1: a\nnull: b", '{ "1": "a", "null": "b" }'],
  ['a: !unsafe "{{ x }}"', '{ "a": { "__ansible_unsafe": "{{ x }}" } }'],
  ["a: &x {b: 1}\nc: {<<: *x, d: 2}", '{ "a": { "b": 1 }, "c": { "b": 1, "d": 2 } }'],
  ["a: |\n  text", '{ "a": "text" }'],
  ["a: |\n  text\n", String.raw`{ "a": "text\n" }`],
  ["a: 1\na: 2", '{ "a": 2 }'],
  ["", "null"],
])("%j is read as PyYAML reads it", (text, expected) => {
  expect(json(text)).toBe(expected);
});

test.each([
  ["a: b: c", "syntax", 1, 4],
  ["a: {{ b }}", "template", 1, 5],
  ["a:\n\tb: 1", "tab", 2, 1],
  ["a: *x", "alias", 1, 4],
  ["a: &x 1\nb: &x 2", "alias", 2, 7],
  ["a: &x [*x]", "alias", 1, 8],
  ["a: !foo b", "tag", 1, 9],
  ["a: 2024-13-01", "date", 1, 4],
  ["a: {[b]: c}", "key", 1, 5],
  ["a: {<<: b}", "merge", 1, 4],
  ["a: 1\n---\nb: 2", "documents", 2, 1],
  ["a: %b", "syntax", 1, 4],
  ["a: \u0001", "syntax", 1, 4],
  ['{"a": 1,}x', "syntax", 1, 9],
])("%j is refused: %s at line %d, column %d", (text, problem, line, column) => {
  expect(json(text)).toMatchObject([{ problem, line, column }]);
});

test("all problems behind the syntax are found at once", () => {
  expect(json("a: !x 1\nb: 2024-99-99\nc: {[d]: e}")).toMatchObject([
    { problem: "tag", line: 1 },
    { problem: "date", line: 2 },
    { problem: "key", line: 3 },
  ]);
});
