import { expect, test } from "vitest";
import { readJson } from "./python-json-read.ts";
import { writeJson } from "./python-json-write.ts";
import type { Value } from "./values.ts";

test("what ansible-inventory prints is read and printed again unchanged", () => {
  const text = `{
    "a": [
        1,
        1.0,
        -0.0,
        1e+16,
        12345678901234567890,
        NaN,
        -Infinity,
        true,
        null,
        "中\\n\\u0001\\"/😀"
    ],
    "b": {},
    "c": [],
    "d": {
        "__ansible_unsafe": "{{ x }}"
    },
    "e": {
        "__ansible_vault": "abc"
    }
}`;
  const value = readJson(text);
  expect(value.ok && writeJson(value.value)).toBe(text);
});

test("keys are sorted by code points", () => {
  const value: Value = new Map([...["b", "a", "😀", "\u{ffff}", "B"]].map((key) => [key, 1]));
  expect([...writeJson(value).matchAll(/"(.+)":/g)].map(([, key]) => key)).toEqual(["B", "a", "b", "\u{ffff}", "😀"]);
});

test.each([
  ["", 1, 1],
  ["{", 1, 2],
  ['{"a": 1,}', 1, 9],
  ["[1\n 2]", 2, 2],
  ["{'a': 1}", 1, 2],
  ['["a\nb"]', 1, 4],
  ["01", 1, 2],
  ["[1] x", 1, 5],
])("%j stops being JSON at line %d, column %d", (text, line, column) => {
  expect(readJson(text)).toEqual({ ok: false, failure: { line, column } });
});
