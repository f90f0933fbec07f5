import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { createHookRunner } from "./hook-runner.ts";

const runner = createHookRunner(tmpdir(), { PATH: process.env["PATH"] });
const sh = (script: string, deadline = 5) => runner.run(["sh", "-c", script], { GANTRY_STATUS: "starting" }, deadline);

it("gives a command its variables and returns its exit code and output", async () => {
  expect(await sh('echo "$GANTRY_STATUS"; echo problem >&2; exit 3')).toEqual({
    exitCode: 3,
    output: "starting\nproblem",
  });
});

it("passes arguments as they are, without a shell", async () => {
  expect(await runner.run(["printf", "%s", "$(id); a b"], {}, 5)).toEqual({ exitCode: 0, output: "$(id); a b" });
});

it("says 127 where there is no such program", async () => {
  expect(await runner.run(["no-such-program-here"], {}, 5)).toMatchObject({ exitCode: 127 });
});

it("ends a command at its deadline, with everything it has started", async () => {
  const began = performance.now();
  expect(await sh("sleep 30 & sleep 30", 0.5)).toMatchObject({ exitCode: 124 });
  expect(performance.now() - began).toBeLessThan(3000);
});

it("does not wait for what a command leaves running in the background", async () => {
  const began = performance.now();
  expect(await sh("sleep 5 & echo done")).toEqual({ exitCode: 0, output: "done" });
  expect(performance.now() - began).toBeLessThan(3000);
});
