import { expect, test } from "vitest";
import { splitWords } from "./python-shlex.ts";

test.each([
  [`h1 a="b c" d='e f'`, ["h1", "a=b c", "d=e f"]],
  [String.raw`a="\"q\" \n" b='\n' c=\n`, [String.raw`a="q" \n`, String.raw`b=\n`, "c=n"]],
  ["a=b'c'd \"\" x", ["a=bcd", "", "x"]],
  ["h1\ta=1  # comment", ["h1", "a=1"]],
  ["h1 a=b#c d=1", ["h1", "a=b"]],
  ["h1 a='#'", ["h1", "a=#"]],
])("a host line is split as Python splits it: %s", (text, words) => {
  expect(splitWords(text, { comments: true })).toEqual({ ok: true, value: words });
});

test("ssh arguments keep everything that a shell would run or replace", () => {
  const words = splitWords(`-o ProxyCommand="ssh $JUMP -W %h:%p #1" -F ~/x`, { comments: false });
  expect(words).toEqual({ ok: true, value: ["-o", "ProxyCommand=ssh $JUMP -W %h:%p #1", "-F", "~/x"] });
});

test.each([
  [`a="b`, "quote"],
  ["a='b", "quote"],
  ["a=b\\", "backslash"],
  [`a="b\\`, "backslash"],
])("%s has no words: %s", (text, problem) => {
  expect(splitWords(text, { comments: true })).toEqual({ ok: false, failure: problem });
});
