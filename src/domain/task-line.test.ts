import { describe, expect, it } from "vitest";
import { namesInTask, parseTask, type TaskLine } from "./task-line.ts";

function lines(text: string): readonly TaskLine[] {
  const parsed = parseTask(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

/** Each line's words, placeholders as `<name>`. */
function words(text: string): readonly (readonly string[])[] {
  return lines(text).map((line) =>
    line.words.map((word) => word.map((part) => (part.kind === "text" ? part.text : `<${part.name}>`)).join("")),
  );
}

function problems(text: string): unknown {
  const parsed = parseTask(text);
  return parsed.ok ? [] : parsed.failure;
}

describe("a task", () => {
  it("has one command a line; blank lines and comments are passed over", () => {
    const text = "# first\n\n  a b\r\n\t# it's\\\n c 'd e' \"f\"\n\n";
    expect(words(text)).toEqual([
      ["a", "b"],
      ["c", "d e", "f"],
    ]);
    expect(lines(text).map(({ line, column }) => [line, column])).toEqual([
      [3, 3],
      [5, 2],
    ]);
  });

  it("joins lines that end in a backslash, as a shell does", () => {
    expect(words('a \\\n  b"c\\\nd" \\\ne\\\\\nnext')).toEqual([["a", "bcd", "e\\"], ["next"]]);
  });

  it("of blanks and comments has no lines", () => {
    expect(lines("")).toEqual([]);
    expect(lines("\ufeff# a\n \n")).toEqual([]);
  });

  it("finds placeholders inside words, whatever their quotes", () => {
    expect(words("cmd {a} -x={b},{c} '{d} e' \"{f}\" {{g}} '{\"h\":1}' {i,j}")).toEqual([
      ["cmd", "<a>", "-x=<b>,<c>", "<d> e", "<f>", "{g}", '{"h":1}', "{i,j}"],
    ]);
    expect(namesInTask(lines("cmd {a}\nshell: echo {b} {a}"))).toEqual(["a", "b"]);
  });

  it("knows where each placeholder stands", () => {
    const [line] = lines("\ncmd \\\n '{a} {a}' {b}");
    expect(line?.words.flat().filter((part) => part.kind === "placeholder")).toEqual([
      { kind: "placeholder", name: "a", line: 3, column: 3 },
      { kind: "placeholder", name: "a", line: 3, column: 7 },
      { kind: "placeholder", name: "b", line: 3, column: 12 },
    ]);
  });

  it("reports the problems of all lines at once, with their places", () => {
    expect(problems("ok\na | b\n  cd /opt\nshell: echo '{x}'\nlast 'open")).toMatchObject([
      { line: 2, column: 3, reason: "words", problem: { reason: "operator", operator: "|" } },
      { line: 3, column: 3, reason: "shell-only", word: "cd" },
      { line: 4, column: 14, reason: "quoted-placeholder", name: "x", within: "single-quotes" },
      { line: 5, column: 6, reason: "words", problem: { reason: "unterminated-quote", quote: "'" } },
    ]);
  });

  it("does not let a forgotten quote swallow the next line", () => {
    expect(problems("echo don't\necho it's")).toMatchObject([
      { line: 1, column: 9, reason: "words", problem: { reason: "unterminated-quote" } },
      { line: 2, column: 8, reason: "words", problem: { reason: "unterminated-quote" } },
    ]);
  });
});

describe("a line without a shell is refused", () => {
  it.each([
    ["cmd a # note", [{ line: 1, column: 7, reason: "comment" }]],
    ["A=1 cmd", [{ line: 1, column: 1, reason: "assignment", text: "A=1" }]],
    ["export A=1", [{ line: 1, column: 1, reason: "shell-only", word: "export" }]],
    ["'' a", [{ line: 1, column: 1, reason: "empty-command" }]],
    ["Shell: a", [{ line: 1, column: 1, reason: "shell-prefix", seen: "Shell:" }]],
    ["shell：a", [{ line: 1, column: 1, reason: "shell-prefix", seen: "shell：" }]],
    ["a {{b}", [{ line: 1, column: 3, reason: "braces", text: "{{b}" }]],
    ["a \\", [{ line: 1, column: 3, reason: "words", problem: { reason: "trailing-backslash", offset: 2 } }]],
    ["a\0", [{ line: 1, column: 2, reason: "words", problem: { reason: "nul", offset: 1 } }]],
  ])("%j", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it.each(["'cd' x", "cmd 'a # b'", "cmd a#b", "cmd '#'", "env A=1 cmd", "shell a"])("but not %s", (text) => {
    expect(problems(text)).toEqual([]);
  });
});

describe("a value is never the script of another program", () => {
  it.each([
    ["bash -c 'echo {x}'", "bash -c"],
    ["sudo -u app sh -ec {x}", "sh -ec"],
    ["docker exec c /bin/sh -c {x}", "sh -c"],
    ["bash -o pipefail -c {x}", "bash -c"],
    ["su - app -c 'run {x}'", "su -c"],
    ["python3 -c 'print({x})'", "python3 -c"],
    ["perl -ne {x}", "perl -ne"],
    ["node --eval {x}", "node --eval"],
  ])("%s", (text, by) => {
    expect(problems(text)).toMatchObject([{ reason: "evaluated-placeholder", name: "x", by }]);
  });

  it.each(["sh -c 'echo \"$1\"' sh {x}", "bash run.sh -c {x}", "python3 run.py -c {x}", "tar -c {x}"])(
    "but an argument: %s",
    (text) => {
      expect(problems(text)).toEqual([]);
    },
  );
});
