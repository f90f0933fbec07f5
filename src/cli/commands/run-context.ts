import { randomBytes } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { stampOf } from "../../domain/version.ts";
import type { Words } from "../locales/words.ts";
import { UsageError, type Services } from "../services.ts";

/** Who runs Gantry, where and when; a run's id is its start and four random hex digits. */
export interface RunContext {
  readonly id: string;
  readonly user: string;
  readonly machine: string;
  readonly startedAt: Date;
  /** The start as `YYYYMMDD.HHMMSS.ffffff`, local time: the log file's name where none was given. */
  readonly logName: string;
}

/** Throws where $GANTRY_USER is no name. */
export function runContext({ env, words }: Pick<Services, "env" | "words">): RunContext {
  const microseconds = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  const startedAt = new Date(Math.floor(microseconds / 1000));
  const stamp = stampOf(startedAt);
  return {
    id: `${stamp}-${randomBytes(2).toString("hex")}`,
    user: givenUser(env, words) ?? env["SUDO_USER"] ?? userName(),
    machine: hostname(),
    startedAt,
    logName: `${stamp}.${String(microseconds % 1_000_000).padStart(6, "0")}`,
  };
}

/** It is shown on terminals and stands in labels. */
const USER = /^(?=.*\S)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,100}$/u;

/** The account of whoever lets Gantry run on behalf of others, such as the console. */
function givenUser(env: NodeJS.ProcessEnv, { usage }: Words): string | undefined {
  const name = env["GANTRY_USER"];
  if (name === undefined || name === "") return undefined;
  if (!USER.test(name)) throw new UsageError(usage.badUser);
  return name;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user id that has no name.
    return String(process.getuid?.() ?? "unknown");
  }
}
