import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { hostileTexts } from "./hostile-texts.fixture.ts";
import { readOptionList } from "./option-list.ts";
import { pythonList } from "./python-list.ts";

describe("a list", () => {
  it.each([
    ["[]", []],
    ["['a', \"b\", 1, None, True, u'x']", ["a", "b", "1", "None", "True", "x"]],
    ['\ufeff["a","b",1.50,-2e3,true,null]\r\n\n', ["a", "b", "1.50", "-2e3", "true", "null"]],
    ["[\n  'a',\r\n  'b',\n]", ["a", "b"]],
    ["['b', 'a', 'b', 1, '1']", ["b", "a", "1"]],
    ["[12345678901234567890, 7L, 1.0, 007]", ["12345678901234567890", "7", "1.0", "007"]],
    [String.raw`['\x41\101é\U0001f600\n\'\q']`, ["AAé😀\n'\\q"]],
    [String.raw`["\/\ud83d\ude00\""]`, ['/😀"']],
    [String.raw`['\/']`, ["\\/"]],
    ["['v2 (sha256:ab)', '']", ["v2 (sha256:ab)", ""]],
  ])("%j is read", (output, values) => {
    expect(readOptionList(output)).toEqual({ ok: true, value: values });
  });

  it("of hostile texts is read back from Python's and from JSON's notation", () => {
    const texts = [...new Set(hostileTexts(300, 3))];
    expect(readOptionList(pythonList(texts))).toEqual({ ok: true, value: texts });
    expect(readOptionList(JSON.stringify(texts))).toEqual({ ok: true, value: texts });
    const program = "import json,sys\nl=json.load(sys.stdin)\nprint(l)\nprint(json.dumps(l))";
    const printed = execFileSync("python3", ["-c", program], { input: JSON.stringify(texts) }).toString();
    for (const line of printed.trim().split("\n")) expect(readOptionList(line)).toEqual({ ok: true, value: texts });
  });

  it("of 10,000 values is read in a moment", () => {
    const values = Array.from({ length: 10_000 }, (_, index) => `${index} ${"x".repeat(150)}`);
    const output = pythonList(values);
    const began = performance.now();
    const list = readOptionList(output);
    expect(performance.now() - began).toBeLessThan(3000);
    expect(list).toEqual({ ok: true, value: values });
  });
});

describe("anything else is refused, and what was seen is said", () => {
  it.each([
    ["", { reason: "empty" }],
    [" \r\n", { reason: "empty" }],
    ["WARNING: old\n['a']\n", { reason: "not-a-list", line: 1, column: 1, seen: "WARNING: old…" }],
    ["\n{'a': 1}", { reason: "not-a-list", line: 2, column: 1, seen: "{'a': 1}" }],
    ["('a', 'b')", { reason: "not-a-list", line: 1, column: 1, seen: "('a', 'b')" }],
    ["['a']\ndone", { reason: "behind-list", line: 2, column: 1, seen: "done" }],
    ["['a'] ['b']", { reason: "behind-list", line: 1, column: 7, seen: "['b']" }],
    ["['a', ['b']]", { reason: "nested", line: 1, column: 7, seen: "['b']]" }],
    ["[{'a': 1}]", { reason: "nested", line: 1, column: 2, seen: "{'a': 1}]" }],
    ["[b'a']", { reason: "bytes", line: 1, column: 2, seen: "b'a']" }],
    ["['a', 'b", { reason: "unterminated", line: 1, column: 7, seen: "'b" }],
    ["['a',", { reason: "unterminated", line: 1, column: 6, seen: "" }],
    ["[demo1]", { reason: "syntax", line: 1, column: 2, seen: "demo1]" }],
    ["['a' 'b']", { reason: "syntax", line: 1, column: 6, seen: "'b']" }],
    ["[,]", { reason: "syntax", line: 1, column: 2, seen: ",]" }],
    ["['a',,]", { reason: "syntax", line: 1, column: 6, seen: ",]" }],
    ["[1 + 1]", { reason: "syntax", line: 1, column: 4, seen: "+ 1]" }],
    ["[open('x').read()]", { reason: "syntax", line: 1, column: 2, seen: "open('x').read()]" }],
    ["['a\nb']", { reason: "syntax", line: 1, column: 4, seen: "…" }],
    [String.raw`['\x4']`, { reason: "syntax", line: 1, column: 3, seen: String.raw`\x4']` }],
    [String.raw`['\U00110000']`, { reason: "syntax", line: 1, column: 3, seen: String.raw`\U00110000']` }],
    [String.raw`['a', '\0']`, { reason: "nul", index: 2 }],
    [String.raw`["\ud800"]`, { reason: "ill-formed", index: 1 }],
    [`['a', '${"x".repeat(1001)}']`, { reason: "value-too-long", index: 2, characters: 1001, limit: 1000 }],
  ])("%j", (output, problem) => {
    expect(readOptionList(output)).toEqual({ ok: false, failure: problem });
  });

  it("cut, and without control characters", () => {
    const noise = `\u001b[31m${"é".repeat(500)}`;
    expect(readOptionList(noise)).toMatchObject({ ok: false, failure: { seen: ` [31m${"é".repeat(75)}…` } });
  });

  it("also when there is too much of it", () => {
    const values = Array.from({ length: 10_001 }, (_, index) => index);
    const many = readOptionList(JSON.stringify([...values, ...values]));
    expect(many).toEqual({ ok: false, failure: { reason: "too-many", count: 10_001, limit: 10_000 } });
    const large = readOptionList(`['${"é".repeat(2 ** 20)}']`);
    expect(large).toEqual({ ok: false, failure: { reason: "too-large", bytes: 2 ** 21 + 4, limit: 2 ** 21 } });
  });

  it.each([
    "[".repeat(500_000),
    `[${"1".repeat(1_000_000)}x]`,
    `["${"\\".repeat(1_000_000)}`,
    `[${" ".repeat(1_000_000)}`,
  ])("in a moment, however it is made", (output) => {
    const began = performance.now();
    expect(readOptionList(output).ok).toBe(false);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
