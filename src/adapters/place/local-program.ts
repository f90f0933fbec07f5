import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { fail, ok } from "../../domain/result.ts";
import type { PlaceExecResult, PlaceFailureReason, PlaceResult } from "./place.ts";

/** Bytes of standard error that are kept. */
const ERRORS = 65_536;
/** A program that has ended may leave a child that holds its output open; we wait so many milliseconds for its last words. */
const LINGER = 1000;
/** Milliseconds between TERM and KILL for a program that is given up. */
const PATIENCE = 2000;

export interface LocalProgram {
  readonly place: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;
  readonly input?: string;
  /** Seconds. */
  readonly deadline: number;
  /** Bytes of standard output. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs a program of this machine in a process group of its own and collects its output. The whole group is ended when
 * it is given up. Failures: deadline, aborted, output-limit, program-missing, bad-value.
 */
export function runLocalProgram(argv: readonly string[], options: LocalProgram): Promise<PlaceResult<PlaceExecResult>> {
  const { place, limit, signal } = options;
  const [program = ""] = argv;
  const failed = (reason: PlaceFailureReason, detail: string): PlaceResult<never> => fail({ reason, place, detail });
  if (signal?.aborted) return Promise.resolve(failed("aborted", program));
  const start = performance.now();
  const child = startProgram(argv, options);
  if (typeof child === "string") return Promise.resolve(failed("bad-value", child));

  return new Promise((resolve) => {
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let length = 0;
    let errorLength = 0;
    let exitCode: number | undefined;
    let linger: NodeJS.Timeout | undefined;
    let settled = false;

    const settle = (result: PlaceResult<PlaceExecResult>): void => {
      settled = true;
      clearTimeout(timer);
      clearTimeout(linger);
      signal?.removeEventListener("abort", abort);
      resolve(result);
    };
    const giveUp = (reason: PlaceFailureReason, detail: string): void => {
      if (settled) return;
      settle(failed(reason, detail));
      signalGroup(child, "SIGTERM");
      // As long as one of its processes holds the output, the group is there and its number nobody else's.
      const killing = setTimeout(() => signalGroup(child, "SIGKILL"), PATIENCE);
      child.once("close", () => clearTimeout(killing));
    };
    const abort = (): void => giveUp("aborted", program);
    const late = (): void => giveUp("deadline", `${program}: no end within ${options.deadline} s`);
    const timer = setTimeout(late, options.deadline * 1000);
    const finish = (): void => {
      if (exitCode === undefined || settled) return;
      const milliseconds = Math.round(performance.now() - start);
      const stderr = Buffer.concat(errors).toString("utf8");
      settle(ok({ exitCode, stdout: Buffer.concat(output), stderr, milliseconds }));
    };

    signal?.addEventListener("abort", abort);
    child.stdout?.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) giveUp("output-limit", `${program}: more than ${limit} bytes of output`);
      else output.push(chunk);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      if (errorLength < ERRORS) errors.push(chunk.subarray(0, ERRORS - errorLength));
      errorLength += chunk.length;
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      const missing = error.code === "ENOENT" || error.code === "EACCES";
      if (!settled) settle(failed(missing ? "program-missing" : "unfit", `${program}: ${error.code ?? error.message}`));
    });
    child.once("exit", (code, name) => {
      exitCode = code ?? 128 + (name === null ? 0 : constants.signals[name]);
      linger = setTimeout(() => {
        finish();
        signalGroup(child, "SIGKILL");
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, LINGER);
    });
    child.once("close", finish);
  });
}

/** Starts it and hands its input over; or says why no process can be given these values. */
function startProgram(argv: readonly string[], options: LocalProgram): ChildProcess | string {
  const [program = "", ...args] = argv;
  const values = [...argv, ...Object.values(options.environment)];
  if (values.some((value) => value?.includes("\0"))) return "a NUL character cannot be handed to a program";
  try {
    const child = spawn(program, args, {
      cwd: options.directory,
      env: options.environment,
      detached: true,
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    child.stdin?.on("error", () => undefined).end(options.input);
    return child;
  } catch (error) {
    // Too long for the kernel (E2BIG), and the like.
    return `${program}: ${error instanceof Error && "code" in error ? String(error.code) : "cannot be started"}`;
  }
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is gone.
  }
}
