import { expect, test } from "vitest";
import { runProgram } from "./run-program.ts";

const surroundings = { cwd: "/", env: { PATH: "/usr/bin:/bin" } };

test("a program's output and exit code are told", async () => {
  const run = await runProgram("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"], { ...surroundings, seconds: 10 });
  expect(run).toEqual({ ok: true, value: { exitCode: 3, stdout: "out\n", stderr: "err\n" } });
});

test("at the deadline a program is killed with everything that it started", async () => {
  const start = Date.now();
  const run = await runProgram("/bin/sh", ["-c", "sleep 30 & sleep 30"], { ...surroundings, seconds: 0.3 });
  expect(run).toEqual({ ok: false, failure: { kind: "deadline" } });
  expect(Date.now() - start).toBeLessThan(5000);
});

test("a program that is not there is a failure, not a crash", async () => {
  const run = await runProgram("/nonexistent/program", [], { ...surroundings, seconds: 10 });
  expect(run).toMatchObject({ ok: false, failure: { kind: "missing" } });
});
