import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileTexts } from "./hostile-texts.fixture.ts";
import { parseTask, type TaskLine } from "./task-line.ts";
import { resolveTask, type ResolvedLine, type TaskValues } from "./task-values.ts";

function lines(text: string): readonly TaskLine[] {
  const parsed = parseTask(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

function valuesOf(values: Readonly<Record<string, string | readonly string[]>>): TaskValues {
  return new Map(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? [value] : value]));
}

function resolved(text: string, values: TaskValues): readonly ResolvedLine[] {
  const result = resolveTask(lines(text), values);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function problems(text: string, values: TaskValues, secrets: readonly string[] = []): unknown {
  const result = resolveTask(lines(text), values, new Set(secrets));
  return result.ok ? [] : result.failure;
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "task-values-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The arguments that the program in a shell line sees, which is `"$NODE" -e "$PRINT" --`. */
function seenBehind(shell: string, script: string): unknown {
  const print = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";
  const env = { NODE: process.execPath, PRINT: print, PATH: "/usr/bin:/bin" };
  return JSON.parse(
    execFileSync(shell, ["-c", script], { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }),
  );
}

describe("values", () => {
  it("go into the arguments that their placeholders stand in", () => {
    const values = valuesOf({ project: "demo1", hosts: ["lab1", "lab2"], empty: [], blank: "" });
    expect(
      resolved("cmd -p {project} -a {hosts} x{empty}y {empty} '{blank}'\nshell: echo {hosts} {empty}", values),
    ).toEqual([
      { line: 1, shell: false, argv: ["cmd", "-p", "demo1", "-a", "lab1,lab2", "xy", "", ""] },
      { line: 2, shell: true, argv: ["echo 'lab1,lab2' ''"] },
    ]);
  });

  it("are not looked at again", () => {
    const values = valuesOf({ a: "{b} {{b}}", b: "1" });
    expect(resolved("cmd {a} {b}", values)[0]?.argv).toEqual(["cmd", "{b} {{b}}", "1"]);
  });

  it("300 hostile ones each stay in one argument, unchanged", () => {
    for (const value of hostileTexts(300, 1)) {
      const [line] = resolved("cmd {v} --x={v} 'a {v} b' \"{v}\"{v}", valuesOf({ v: value }));
      expect(line?.argv).toEqual(["cmd", value, `--x=${value}`, `a ${value} b`, value + value]);
    }
  });

  it.each(["sh", "bash"])("300 hostile ones each arrive unchanged behind %s, wherever they stand", (shell) => {
    const hostile = hostileTexts(300, 2);
    for (let at = 0; at < hostile.length; at += 30) {
      const some = hostile.slice(at, at + 30);
      const names = some.map((_, index) => `{v${index}}`);
      const places = names.flatMap((name) => [name, `--x=${name}`, `"a"${name}'b'`, `\\\n  $(:)${name}${name}`]);
      const values = new Map(some.map((value, index) => [`v${index}`, [value]]));
      const [line] = resolved(`shell: (: {v0}) && "$NODE" -e "$PRINT" -- ${places.join(" ")} # {v1}`, values);
      const expected = some.flatMap((value) => [value, `--x=${value}`, `a${value}b`, value + value]);
      expect(seenBehind(shell, line?.argv[0] ?? "")).toEqual(expected);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(["sh", "bash"])("mean nothing but themselves to the grammar of %s", (shell) => {
    const values = valuesOf({ two: "2", assignment: "A=1", word: "if", home: "~", glob: "*" });
    const script = `shell: "$NODE" -e "$PRINT" -- {two}>out {assignment} {word} {home} {glob} "\${A-unset}"; cat out; rm out`;
    const [line] = resolved(script, values);
    expect(seenBehind(shell, line?.argv[0] ?? "")).toEqual(["2", "A=1", "if", "~", "*", "unset"]);
    const command = resolved("shell: {assignment} true", values)[0]?.argv[0] ?? "";
    expect(spawnSync(shell, ["-c", command]).status).toBe(127);
  });
});

describe("what no argument can hold is refused with the variable's name", () => {
  it.each([
    ["cmd {v}", "a\0b", { line: 1, column: 5, reason: "nul", name: "v" }],
    ["\nshell: cmd {v}", "a\0b", { line: 2, column: 12, reason: "nul", name: "v" }],
    ["cmd {v}", "\ud800", { line: 1, column: 5, reason: "ill-formed", name: "v" }],
    ["{v} a", "", { line: 1, column: 1, reason: "empty-command", name: "v" }],
  ])("%j with %j", (text, value, problem) => {
    expect(problems(text, valuesOf({ v: value }))).toEqual([problem]);
  });

  it("an argument longer than Linux takes, in bytes; the longest one it takes is accepted", () => {
    const longest = `${"é".repeat(65_535)}a`;
    const [line] = resolved("true x={v}", valuesOf({ v: longest.slice(2) }));
    const spawned = (argument: string): unknown => spawnSync("true", [argument]).error;
    expect(Buffer.byteLength(longest)).toBe(131_071);
    expect(spawned(longest)).toBeUndefined();
    expect(spawned(`${longest}a`)).toMatchObject({ code: "E2BIG" });
    expect(line?.argv).toHaveLength(2);
    expect(problems("true {w}{v}", valuesOf({ v: longest, w: "a" }))).toEqual([
      { line: 1, column: 9, reason: "argument-too-long", name: "v", bytes: 131_073, limit: 131_072 },
    ]);
    expect(problems("shell: true {v}", valuesOf({ v: "a".repeat(131_070) }))).toMatchObject([
      { reason: "argument-too-long", name: "v", bytes: 131_078 },
    ]);
  });

  it("a line longer than a mebibyte in all", () => {
    const values = valuesOf({ v: "a".repeat(130_000), w: "b" });
    expect(problems(`cmd {w}${" {v}".repeat(9)}`, values)).toEqual([
      { line: 1, column: 9, reason: "line-too-long", name: "v", bytes: 1_170_015, limit: 1_048_576 },
    ]);
    expect(problems(`cmd ${"{v}".repeat(5000)}`, values)).toMatchObject([{ reason: "argument-too-long" }]);
  });

  it("a name that stands for nothing, with those that are like it", () => {
    expect(problems("cmd {projct}\nshell: echo {x}", valuesOf({ project: "a", tag: "b" }))).toEqual([
      { line: 1, column: 5, reason: "unknown-variable", name: "projct", near: ["project"] },
      { line: 2, column: 13, reason: "unknown-variable", name: "x", near: [] },
    ]);
  });

  it("a secret, saying which environment variable holds it, and never its value", () => {
    const found = problems("cmd {token}", valuesOf({ token: "hunter2" }), ["token"]);
    expect(found).toEqual([{ line: 1, column: 5, reason: "secret", name: "token", variable: "GANTRY_SECRET_token" }]);
  });
});
