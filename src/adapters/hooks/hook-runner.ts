import { spawn } from "node:child_process";
import type { HookRunner } from "../../engine/ports.ts";

/** Characters of output that are kept: the end of a long output says why. */
const LIMIT = 64_000;

/** Runs hooks as processes of this machine, in a folder and with an environment; the deadline ends the whole process group. */
export function createHookRunner(cwd: string, env: NodeJS.ProcessEnv): HookRunner {
  return {
    run: ([program = "", ...args], variables, deadline) =>
      new Promise((resolve) => {
        const child = spawn(program, args, {
          cwd,
          env: { ...env, ...variables },
          stdio: ["ignore", "pipe", "pipe"],
          detached: true,
        });
        let output = "";
        const keep = (text: string): void => void (output = (output + text).slice(-LIMIT));
        child.stdout.setEncoding("utf8").on("data", keep);
        child.stderr.setEncoding("utf8").on("data", keep);
        let late = false;
        const timer = setTimeout(() => {
          late = true;
          if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        }, deadline * 1000);
        const end = (exitCode: number): void => {
          clearTimeout(timer);
          resolve({ exitCode: late ? 124 : exitCode, output: output.trimEnd() });
        };
        child.on("error", (error) => {
          keep(error.message);
          end(127);
        });
        child.on("close", (code, signal) => end(code ?? (signal === null ? 1 : 128)));
      }),
  };
}
