import { expect, test } from "vitest";
import { lockFile, readLockScript, takeLockScript } from "./lock-script.ts";

test("the lock file is the same for all users", () => {
  expect(lockFile("demo1")).toBe("/tmp/.gantry.demo1.lock");
});

test.each(["", "a/b", "a b", "$(id)", "a\nb", "é"])("%j is no project name", (project) => {
  expect(() => lockFile(project)).toThrow("not a project name");
  expect(() => takeLockScript(project, "{}")).toThrow();
  expect(() => readLockScript(project)).toThrow();
});

test("the holder is quoted for the shell", () => {
  expect(takeLockScript("demo1", `{"user":"o'neill"}`)).toContain(String.raw`'{"user":"o'\''neill"}'`);
});
