import { expect, test } from "vitest";
import { main, shell, specOf } from "./place.fixture.ts";
import { environmentText, runFolderName, specText } from "./spool-spec.ts";

test("a spec is one command of the shell a line, with every value as one quoted word", () => {
  const lines = [
    shell("echo $HOME", { task: "pre" }),
    main("deploy", "-p", "a b; $(id)"),
    { ...main("gantry", "it's"), gantry: true },
  ];
  expect(specText(specOf(lines, { logLimit: 1000, timeout: 60, stopGrace: 3 }))).toEqual({
    ok: true,
    value: `run 1000 60 3
line 0 plain pre 0 sh -c 'echo $HOME' sh
line 1 plain main 0 deploy -p 'a b; $(id)'
line 2 gantry main 1 gantry 'it'\\''s'
`,
  });
});

test("no timeout is an empty word", () => {
  expect(specText(specOf([], { logLimit: 1000, stopGrace: 0 }))).toEqual({ ok: true, value: "run 1000 '' 0\n" });
});

test("a value that Linux cannot hand to a program is refused, with the line and without the value", () => {
  const refused = (value: string): unknown => specText(specOf([main("true"), main("echo", value)]));
  expect(refused("secret\0value")).toEqual({
    ok: false,
    failure: "main task, line 2: a NUL character cannot be handed to a program",
  });
  expect(refused("é".repeat(65_536))).toEqual({
    ok: false,
    failure: "main task, line 2: a value of 131072 bytes; Linux hands programs at most 131071",
  });
  expect(refused("x".repeat(131_071))).toMatchObject({ ok: true });
});

test("a line without a program is refused", () => {
  expect(specText(specOf([main()]))).toEqual({ ok: false, failure: "main task, line 1: no program" });
});

test("an environment is exported by name, with quoted values", () => {
  expect(environmentText({ A: "1", PASSWORD: "it's $x\n" })).toEqual({
    ok: true,
    value: `export A=1\nexport PASSWORD='it'\\''s $x\n'\n`,
  });
});

test.each([
  [{ "a b": "secret" }, '"a b" cannot name a variable'],
  [{ "A=$(id)": "secret" }, '"A=$(id)" cannot name a variable'],
  [{ GANTRY_SPOOL: "secret" }, "the variable GANTRY_SPOOL is Gantry's own"],
  [{ A: "sec\0ret" }, "the variable A: a NUL character cannot be handed to a program"],
])("of the environment %j is refused, and its value is not in the message", (environment, message) => {
  expect(environmentText(environment)).toEqual({ ok: false, failure: message });
});

test("the name of a run is the name of a folder, nothing else", () => {
  expect(runFolderName("r-4312.1_a")).toBe("r-4312.1_a");
  for (const name of ["", ".", "..", ".hidden", "a/b", "a b", "-rf", "a\n", "x".repeat(129)]) {
    expect(() => runFolderName(name)).toThrow("not the name of a run");
  }
});
