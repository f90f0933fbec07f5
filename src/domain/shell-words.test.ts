import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DOCKER_RUN_ARGUMENTS, DOCKER_RUN_COMMANDS } from "../../test/fixtures/config/docker-run-arguments.ts";
import { locateShellWords, parseShellWords, quoteShellWord, splitShellWords } from "./shell-words.ts";

let emptyFolder = "";
beforeAll(() => {
  emptyFolder = mkdtempSync(join(tmpdir(), "shell-words-"));
});
afterAll(() => rmSync(emptyFolder, { recursive: true }));

/** What a real shell makes of the text, in a folder where no pattern matches a file. */
function shellSplit(shell: string, text: string): string[] {
  const output = execFileSync(shell, ["-c", String.raw`printf '%s\0' "" ${text}`], { cwd: emptyFolder }).toString(
    "utf8",
  );
  return output.split("\0").slice(1, -1);
}

describe.each(["sh", "bash"])("words agree with %s", (shell) => {
  it.each([...DOCKER_RUN_ARGUMENTS, ...DOCKER_RUN_COMMANDS])("for %j", (text) => {
    expect(parseShellWords(text)).toEqual({ ok: true, value: shellSplit(shell, text.trim()) });
  });
});

describe("words that a shell would expand stay as they are written", () => {
  it.each([
    ["-v ~/logs:/logs", ["-v", "~/logs:/logs"]],
    ["-e A={a,b}", ["-e", "A={a,b}"]],
    ["* ?[a]", ["*", "?[a]"]],
    ["-d # not a comment", ["-d", "#", "not", "a", "comment"]],
    ["a!b ! ^c", ["a!b", "!", "^c"]],
  ])("%s", (text, words) => {
    expect(splitShellWords(text)).toEqual(words);
  });
});

describe("what a shell would run or replace is refused with its place", () => {
  it.each([
    ["-e A='x", { reason: "unterminated-quote", offset: 5, quote: "'" }],
    ['-e "A=1', { reason: "unterminated-quote", offset: 3, quote: '"' }],
    ['-e "A=\\"', { reason: "unterminated-quote", offset: 3, quote: '"' }],
    ["-d \\", { reason: "trailing-backslash", offset: 3 }],
    ["-d; reboot", { reason: "operator", offset: 2, operator: ";" }],
    ["-d | tee", { reason: "operator", offset: 3, operator: "|" }],
    ["-d & ", { reason: "operator", offset: 3, operator: "&" }],
    ["a < b", { reason: "operator", offset: 2, operator: "<" }],
    ["a 2>b", { reason: "operator", offset: 3, operator: ">" }],
    ["(a)", { reason: "operator", offset: 0, operator: "(" }],
    ["a)", { reason: "operator", offset: 1, operator: ")" }],
    ["-d\n-m 1g", { reason: "operator", offset: 2, operator: "\n" }],
    ["-d `id`", { reason: "command-substitution", offset: 3, text: "`" }],
    ['"a `id`"', { reason: "command-substitution", offset: 3, text: "`" }],
    ["-v $(pwd):/x", { reason: "command-substitution", offset: 3, text: "$(" }],
    ['-v "$(pwd):/x"', { reason: "command-substitution", offset: 4, text: "$(" }],
    ["-v $HOME:/x", { reason: "expansion", offset: 3, text: "$HOME" }],
    ["-v ${HOME}:/x", { reason: "expansion", offset: 3, text: "${HOME}" }],
    ["-v ${HOME", { reason: "expansion", offset: 3, text: "${HOME" }],
    ['-e "A=$HOME"', { reason: "expansion", offset: 6, text: "$HOME" }],
    ["a $1 b", { reason: "expansion", offset: 2, text: "$1" }],
    ["a $$", { reason: "expansion", offset: 2, text: "$$" }],
    ["$'a\\n'", { reason: "expansion", offset: 0, text: "$'" }],
    ["-d\u00a0-m", { reason: "lookalike", offset: 2, character: "\u00a0", meant: " " }],
    ["-d\u3000-m", { reason: "lookalike", offset: 2, character: "\u3000", meant: " " }],
    ["-e “a b”", { reason: "lookalike", offset: 3, character: "“", meant: '"' }],
    ["a\0b", { reason: "nul", offset: 1 }],
    ["'a\0b'", { reason: "nul", offset: 2 }],
    ["a\\\0b", { reason: "nul", offset: 2 }],
  ])("%j", (text, problem) => {
    expect(parseShellWords(text)).toEqual({ ok: false, failure: problem });
  });

  it("throws for text that was said to be well-formed", () => {
    expect(() => splitShellWords("a; b")).toThrow("operator at offset 1");
  });
});

it("gives the place where each word starts", () => {
  expect(locateShellWords(" -e 'a b'  \\\n x")).toEqual({
    ok: true,
    value: [
      { text: "-e", offset: 1 },
      { text: "a b", offset: 4 },
      { text: "x", offset: 14 },
    ],
  });
});

describe("a quoted word", () => {
  const words = [
    "",
    "plain",
    "a b",
    "it's",
    "$HOME",
    "`id`",
    "a\nb",
    "*",
    "~",
    "#",
    "{a,b}",
    "中文",
    "a;b",
    '"',
    "\\",
    "!x",
    "=",
    "-",
  ];

  it.each(words)("%j is read back unchanged by a shell and by parseShellWords", (word) => {
    const quoted = quoteShellWord(word);
    expect(shellSplit("sh", quoted)).toEqual([word]);
    expect(splitShellWords(quoted)).toEqual([word]);
  });

  it("stays bare when it is plain", () => {
    expect(["/data/logs:/logs", "A=1", "registry:5000/a/b:v1.2@sha256:ab", "--x=1,2"].map(quoteShellWord)).toEqual([
      "/data/logs:/logs",
      "A=1",
      "registry:5000/a/b:v1.2@sha256:ab",
      "--x=1,2",
    ]);
  });

  it("cannot hold a NUL", () => {
    expect(() => quoteShellWord("a\0b")).toThrow("NUL");
  });
});
