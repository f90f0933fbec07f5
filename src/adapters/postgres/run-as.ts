import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { type PostgresFailure, PostgresFailureError } from "./postgres-failure.ts";
import type { ServerUser } from "./server-user.ts";

/**
 * What a program of the server is started with: its user, no folder that it may lack access to, and an environment
 * without PGPORT and its like. TZ spares initdb the search for the name of the machine's zone.
 */
export function processOptions(user: ServerUser): {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
} {
  const env = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  return { cwd: "/", env, ...(user.isSelf ? {} : { uid: user.uid, gid: user.gid }) };
}

export interface Exit {
  /** Null when a signal ended it, as when the deadline has passed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program as the server's user and collects its output; the signal ends it. Fails if it cannot be executed. */
export async function runAs(user: ServerUser, argv: readonly string[], signal: AbortSignal): Promise<Exit> {
  const [program = "", ...rest] = argv;
  const { error, stdout, stderr } = await execute(program, rest, user, signal);
  if (error !== null && "syscall" in error) throw new PostgresFailureError(await refusal(user, program, error, signal));
  const code = error !== null && "code" in error ? error.code : null;
  return { exitCode: error === null ? 0 : typeof code === "number" ? code : null, stdout, stderr };
}

interface Execution {
  readonly error: Error | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function execute(
  program: string,
  argv: readonly string[],
  user: ServerUser,
  signal: AbortSignal,
): Promise<Execution> {
  try {
    return await new Promise<Execution>((resolve) => {
      execFile(program, argv, { ...processOptions(user), signal, maxBuffer: 4 << 20 }, (error, stdout, stderr) =>
        resolve({ error, stdout, stderr }),
      );
    });
  } catch (error) {
    // Node throws some refusals at once (EPERM) and hands out others later (EACCES, ENOENT).
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return { error, stdout: "", stderr: "" };
  }
}

/** Why the system would not execute a program as this user. */
export async function refusal(
  user: ServerUser,
  program: string,
  error: Error,
  signal: AbortSignal,
): Promise<PostgresFailure> {
  const code = "code" in error ? error.code : undefined;
  if (code === "EPERM") return { reason: "user-refused", user: user.name, detail: error.message };
  const closed = code === "EACCES" ? await closedFolder(user, program, signal) : undefined;
  if (closed !== undefined) return { reason: "folder-closed", folder: closed, user: user.name };
  return { reason: "program-refused", program, detail: error.message };
}

/** The first folder on the way to a path that the user cannot pass. */
async function closedFolder(user: ServerUser, path: string, signal: AbortSignal): Promise<string | undefined> {
  const folders = [];
  for (let folder = dirname(path); folder !== "/"; folder = dirname(folder)) folders.unshift(folder);
  const script = 'for each; do [ -x "$each" ] || { printf %s "$each"; exit; }; done';
  const { stdout } = await runAs(user, ["/bin/sh", "-c", script, "sh", ...folders], signal);
  return stdout === "" ? undefined : stdout;
}
