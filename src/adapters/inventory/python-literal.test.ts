import { expect, test } from "vitest";
import { writeJson } from "./python-json-write.ts";
import { literalValue } from "./python-literal.ts";

function json(text: string): string {
  const value = literalValue(text);
  return value.ok ? writeJson(value.value).replaceAll(/\s+/g, " ") : value.failure;
}

test.each([
  ["42", "42"],
  ["1_000", "1000"],
  ["0x1F", "31"],
  ["1.10", "1.1"],
  ["1e16", "1e+16"],
  ["123456789012345678901234567890", "123456789012345678901234567890"],
  ["- 1", "-1"],
  ["1+2j", '"(1+2j)"'],
  ["True", "true"],
  ["None", "null"],
  ["80,443", "[ 80, 443 ]"],
  ["[1, 'a', (2,)]", '[ 1, "a", [ 2 ] ]'],
  ["{'a': {1: None}}", '{ "a": { "1": null } }'],
  ["set()", "[]"],
  ["...", '"..."'],
  ["'a' \"b\"", '"ab"'],
  [String.raw`'\x41\u4e2d\n\q'`, String.raw`"A中\n\\q"`],
  [String.raw`r'\d'`, String.raw`"\\d"`],
  ["5 # five", "5"],
])("%s is a Python literal: %s", (text, expected) => {
  expect(json(text)).toBe(expected);
});

test.each([
  "true",
  "yes",
  "007",
  "1.2.3",
  "10.0.0.1",
  "12:30",
  "foo # bar",
  "{{ foo }}",
  "f'x'",
  "'abc",
  "[1, 2",
  "1-2",
])("%s is no Python literal and stays the text it is", (text) => {
  expect(json(text)).toBe(JSON.stringify(text));
});

test("a bytes literal becomes text that is never a template", () => {
  expect(json("b'abc'")).toBe('{ "__ansible_unsafe": "abc" }');
});

test.each([
  ["{[]: 1}", "unhashable"],
  ["{{ 'x' }}", "unhashable"],
  ["{(1, 2): 3}", "key"],
])("%s is refused, as Ansible refuses the whole file for it", (text, problem) => {
  expect(literalValue(text)).toEqual({ ok: false, failure: problem });
});
