import { randomBytes } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { stampOf } from "../../domain/version.ts";

/** Who runs Gantry, where and when; a run's id is its start and four random hex digits. */
export interface RunContext {
  readonly id: string;
  readonly user: string;
  readonly machine: string;
  readonly startedAt: Date;
  /** The start as `YYYYMMDD.HHMMSS.ffffff`, local time: the log file's name where none was given. */
  readonly logName: string;
}

export function runContext(env: NodeJS.ProcessEnv): RunContext {
  const microseconds = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  const startedAt = new Date(Math.floor(microseconds / 1000));
  const stamp = stampOf(startedAt);
  return {
    id: `${stamp}-${randomBytes(2).toString("hex")}`,
    user: env["SUDO_USER"] ?? userName(),
    machine: hostname(),
    startedAt,
    logName: `${stamp}.${String(microseconds % 1_000_000).padStart(6, "0")}`,
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user id that has no name.
    return String(process.getuid?.() ?? "unknown");
  }
}
