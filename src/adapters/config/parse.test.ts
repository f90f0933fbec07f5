import { getNodeValue } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { parseConfigFile } from "./parse.ts";

function valueOf(text: string): unknown {
  const { root, problems } = parseConfigFile("x_conf.json", text);
  expect(problems).toEqual([]);
  return root === undefined ? undefined : getNodeValue(root);
}

/** Without the file's name, and the path where there is none. */
function problemsOf(text: string): readonly object[] {
  return parseConfigFile("x_conf.json", text).problems.map((problem) =>
    Object.fromEntries(
      Object.entries(problem).filter(([name, fact]) => (name !== "file" && fact !== "") || name === "found"),
    ),
  );
}

describe("a configuration file may hold", () => {
  it.each([
    [
      "the guide's comments",
      '{\n\t"demo1": {#项目名\n\t\t"hosts": "demo1",\t#指定\n\t}\n}',
      { demo1: { hosts: "demo1" } },
    ],
    ["comments of all kinds", '// a\n{ /* b\n " */ "a": 1, # c " /*\n "b": 2 // d\n} # e', { a: 1, b: 2 }],
    [
      "comment marks in strings",
      '{"a": "http://x/#y", "b": "/* # */", "c": "\\"#"}',
      { a: "http://x/#y", b: "/* # */", c: '"#' },
    ],
    ["quotes in comments", `{ # it's "x\n"a": 1 // "\n}`, { a: 1 }],
    ["commas behind the last entry", '{"a": [1, 2, ], "b": {"c": 3, }, }', { a: [1, 2], b: { c: 3 } }],
    ["a byte order mark", '\ufeff{"a": 1}', { a: 1 }],
    ["CRLF line ends", '{\r\n "a": 1, # x\r\n "b": 2 // y\r\n}\r\n', { a: 1, b: 2 }],
    ["Chinese text and emoji", '{"备注🚀": "你好，世界：“x”"}', { "备注🚀": "你好，世界：“x”" }],
    ["a comment at the very end", '{"a": 1} # the end', { a: 1 }],
    ["a comment between key and value", '{"a": /* x */ 1}', { a: 1 }],
    ["an empty block comment", '{"a": /**/ 1}', { a: 1 }],
  ])("%s", (_, text, value) => {
    expect(valueOf(text)).toEqual(value);
  });
});

describe("a syntax error is reported with its place and what was expected", () => {
  it.each([
    [
      "a missing comma, at the end of the line before",
      '{\n "a": 1\n "b": 2\n}',
      2,
      8,
      { expected: "comma", found: '"b"' },
    ],
    ["a missing comma before a comment", '{\n "a": 1 # x,\n "b": 2\n}', 2, 8, { expected: "comma", found: '"b"' }],
    ["a missing colon", '{"a" 1}', 1, 6, { expected: "colon", found: "1" }],
    ["a missing value", '{"a": }', 1, 7, { expected: "value", found: "}" }],
    ["two commas", '{"a": 1,, "b": 2}', 1, 9, { expected: "quoted-key", found: "," }],
    ["a bare key", "{\n  hosts: 1}", 2, 3, { expected: "quoted-key", found: "hosts" }],
    ["a bare value", '{"a": demo1}', 1, 7, { expected: "value", found: "demo1" }],
    ["a closing brace that is missing", '{"a": {"b": 1}', 1, 15, { expected: "closing-brace", found: "" }],
    ["a closing bracket that is missing", '{"a": [1}', 1, 9, { expected: "closing-bracket", found: "}" }],
    ["a brace closed by a bracket", '{"a": {"b": 1]}', 1, 14, { expected: "closing-brace", found: "]" }],
    ["a brace too many", '{"a": 1}}', 1, 9, { expected: "end-of-file", found: "}" }],
    ["a word behind the end", '{"a": 1} x', 1, 10, { expected: "end-of-file", found: "x" }],
    ["a string without end", '{"a": "x,\n "b": 1}', 1, 7, { expected: "closing-quote", found: '"x,' }],
    ["a comment without end", '{"a": 1}\n /* x', 2, 2, { expected: "comment-end", found: "/*" }],
    ["a bad escape", '{"a": "C:\\data"}', 1, 10, { expected: "escape", found: "\\d" }],
    ["a bad unicode escape", '{"a": "x\\u12"}', 1, 9, { expected: "escape", found: "\\u" }],
    ["a tab in a string", '{"a": "x\ty"}', 1, 9, { expected: "escaped-control-character", found: "\t" }],
    ["single quotes", "{'a': 1}", 1, 2, { expected: "plain-json", found: "'", meant: '"' }],
    ["typographic quotes", "{“a”: 1}", 1, 2, { expected: "plain-json", found: "“", meant: '"' }],
    ["a full-width comma", '{"a": 1，"b": 2}', 1, 8, { expected: "plain-json", found: "，", meant: "," }],
    ["a full-width colon", '{"a"：1}', 1, 5, { expected: "plain-json", found: "：", meant: ":" }],
    ["Python's words", '{"a": True}', 1, 7, { expected: "plain-json", found: "True", meant: "true" }],
    ["a column that counts characters", '{"项目🚀": tru}', 1, 9, { expected: "value", found: "tru" }],
    ["a column behind a byte order mark", '\ufeff{"a" 1}', 1, 6, { expected: "colon", found: "1" }],
    ["a line behind CRLF", '{\r\n"a" 1}', 2, 5, { expected: "colon", found: "1" }],
  ])("%s", (_, text, line, column, facts) => {
    expect(problemsOf(text)).toEqual([{ line, column, code: "syntax", ...facts }]);
  });

  it("once a line, all lines of the file", () => {
    expect(problemsOf('{\n"a" 1,\n\'b\': 2,\n"c": 3\n"d": 4}')).toEqual([
      { line: 2, column: 5, code: "syntax", expected: "colon", found: "1" },
      { line: 3, column: 1, code: "syntax", expected: "plain-json", found: "'", meant: '"' },
      { line: 4, column: 7, code: "syntax", expected: "comma", found: '"d"' },
    ]);
  });

  it("without showing what may be a part of a secret", () => {
    expect(problemsOf('{"access_secret": "abc"hunter2}')).toEqual([
      { line: 1, column: 24, code: "syntax", expected: "value", found: "…" },
    ]);
  });

  it.each(["", " \n\t", "# only a comment\n", "\ufeff"])("an empty file: %j", (text) => {
    expect(problemsOf(text)).toEqual([{ line: 1, column: 1, code: "empty-file" }]);
  });
});

describe("a key that is there twice is an error", () => {
  it("at any depth, with the place of the first", () => {
    const text = '{\n"demo1": {"hosts": "a", "Drain": [{"x": 1, "x": 2}],\n "hosts": "b"},\n"demo1": {}}';
    expect(problemsOf(text)).toEqual([
      { path: "demo1.Drain[0].x", line: 2, column: 44, code: "duplicate-key", key: "x", firstLine: 2, firstColumn: 36 },
      { path: "demo1.hosts", line: 3, column: 2, code: "duplicate-key", key: "hosts", firstLine: 2, firstColumn: 11 },
      { path: "demo1", line: 4, column: 1, code: "duplicate-key", key: "demo1", firstLine: 2, firstColumn: 1 },
    ]);
  });

  it("even when one of them is written with escapes", () => {
    expect(problemsOf('{"a": 1, "\\u0061": 2}')).toMatchObject([{ code: "duplicate-key", key: "a", column: 10 }]);
  });

  it("but not when it is in different objects, or spelt in another case", () => {
    expect(problemsOf('{"a": {"b": 1}, "c": {"b": 1}, "A": {}}')).toEqual([]);
  });
});
