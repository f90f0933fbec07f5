import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeRuntimeDirectory } from "./runtime-directory.ts";

let base: string;
beforeEach(() => {
  base = mkdtempSync("/tmp/gt-");
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test("is private, lies in XDG_RUNTIME_DIR, and can be removed twice", () => {
  const directory = makeRuntimeDirectory({ XDG_RUNTIME_DIR: base });
  expect(dirname(directory.path)).toBe(base);
  expect(statSync(directory.path).mode & 0o777).toBe(0o700);
  directory.remove();
  directory.remove();
  expect(existsSync(directory.path)).toBe(false);
});

test("leaves ssh room for the socket's name", () => {
  const directory = makeRuntimeDirectory({ XDG_RUNTIME_DIR: base });
  expect(join(directory.path, "9999.ctl.0123456789abcdef").length).toBeLessThan(104);
  directory.remove();
});

test.each([undefined, "", "/nowhere/at/all", "relative", "/tmp/with space", `/tmp/${"long".repeat(20)}`])(
  "lies in /tmp when XDG_RUNTIME_DIR is %j",
  (value) => {
    const directory = makeRuntimeDirectory({ XDG_RUNTIME_DIR: value });
    expect(dirname(directory.path)).toBe("/tmp");
    directory.remove();
  },
);

test("sweeps what a killed process of the same namespace left, and nothing else", () => {
  const own = makeRuntimeDirectory({ XDG_RUNTIME_DIR: base });
  const dead = spawnSync("true").pid;
  const named = (process: number): string => basename(own.path).replace(/-\d+-\w+$/, `-${process}-abcdef`);
  const left = join(base, named(dead));
  const alive = join(base, named(1));
  const foreign = join(base, `gantry-1-${dead}-abcdef`);
  for (const path of [left, alive, foreign]) mkdirSync(path);
  const next = makeRuntimeDirectory({ XDG_RUNTIME_DIR: base });
  expect([left, alive, foreign, own.path, next.path].map(existsSync)).toEqual([false, true, true, true, true]);
  own.remove();
  next.remove();
});
