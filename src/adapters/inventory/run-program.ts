import { spawn } from "node:child_process";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a program has said when it ended by itself. */
export interface ProgramRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why a program has not ended by itself. */
export type ProgramProblem =
  | { readonly kind: "missing"; readonly detail: string }
  | { readonly kind: "deadline" }
  | { readonly kind: "too-long" };

/** More output than this is no inventory. */
const mostBytes = 512 * 1024 * 1024;

/** Runs a program to its end, without standard input. At the deadline it is killed with all that it has started. */
export async function runProgram(
  program: string,
  argv: readonly string[],
  options: Surroundings & { readonly seconds: number },
): Promise<Result<ProgramRun, ProgramProblem>> {
  const child = spawn(program, argv, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let bytes = 0;
  let killed: ProgramProblem | undefined;
  const kill = (problem: ProgramProblem): void => {
    killed ??= problem;
    // A process that has left the group may still hold the other ends.
    child.stdout.destroy();
    child.stderr.destroy();
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It ended in this very moment.
    }
  };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) kill({ kind: "too-long" });
      else output[name].push(chunk);
    });
  }
  const timer = setTimeout(() => kill({ kind: "deadline" }), options.seconds * 1000);
  const ended = new Promise<Result<number | undefined, ProgramProblem>>((resolve) => {
    child.once("error", (error) => resolve(fail({ kind: "missing", detail: error.message })));
    child.once("close", (code) => resolve(ok(code ?? undefined)));
  });
  const exit = await ended;
  clearTimeout(timer);
  if (!exit.ok) return exit;
  if (killed !== undefined) return fail(killed);
  const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString();
  return ok({ exitCode: exit.value, stdout: text(output.stdout), stderr: text(output.stderr) });
}
