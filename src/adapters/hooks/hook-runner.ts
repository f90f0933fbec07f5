import { spawn, type ChildProcess } from "node:child_process";
import type { HookRunner } from "../../engine/ports.ts";

/** Characters of output that are kept: the end of a long output says why. */
const LIMIT = 64_000;
/** Milliseconds for output that is still on its way once the command itself has ended. */
const LINGER = 500;

/**
 * Runs hooks as processes of this machine, in a folder and with an environment. The deadline ends the whole process
 * group; what a command leaves running in the background does not hold up the run.
 */
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
        const end = (exitCode: number): void => {
          clearTimeout(timer);
          child.stdout.destroy();
          child.stderr.destroy();
          resolve({ exitCode, output: output.trimEnd() });
        };
        const timer = setTimeout(() => {
          killGroup(child);
          end(124);
        }, deadline * 1000);
        child.on("error", (error) => {
          keep(error.message);
          end(127);
        });
        child.on("close", (code) => end(code ?? 128));
        child.on("exit", (code) => void setTimeout(end, LINGER, code ?? 128));
      }),
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}
