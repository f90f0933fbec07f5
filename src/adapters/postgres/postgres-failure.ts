import { fail, ok, type Result } from "../../domain/result.ts";

/**
 * Why the bundled PostgreSQL does not run. The fields are the facts that a message is made of; `detail` is the last
 * words of the program or the system.
 */
export type PostgresFailure =
  /** No PostgreSQL is bundled for this platform, or the optional package was not installed. */
  | { readonly reason: "package-missing"; readonly package: string; readonly platform: string }
  /** PostgreSQL never runs as root, and there is no other user that it could run as. */
  | { readonly reason: "user-missing"; readonly tried: readonly string[] }
  /** Root may not become that user here (a container without CAP_SETUID). */
  | { readonly reason: "user-refused"; readonly user: string; readonly detail: string }
  /** A folder or file cannot be made, read or written. */
  | { readonly reason: "folder-unusable"; readonly folder: string; readonly detail: string }
  /** The user that the server runs as cannot pass through this folder. */
  | { readonly reason: "folder-closed"; readonly folder: string; readonly user: string }
  /** The folder must be private and owned by the server's user, and is not. */
  | { readonly reason: "folder-not-private"; readonly folder: string; readonly user: string; readonly detail: string }
  /** Something is in the place of the database that is none. */
  | { readonly reason: "folder-foreign"; readonly folder: string }
  | {
      readonly reason: "other-version";
      readonly folder: string;
      readonly found: string;
      readonly expected: string;
    }
  | { readonly reason: "disk-full"; readonly folder: string; readonly detail: string }
  /** The bundled programs cannot be executed: the folder is mounted noexec, or the C library is not glibc. */
  | { readonly reason: "program-refused"; readonly program: string; readonly detail: string }
  | {
      readonly reason: "start-failed";
      readonly action: PostgresAction;
      readonly folder: string;
      readonly detail: string;
    }
  /** Not ready in time. A server that was starting or recovering goes on doing so. */
  | { readonly reason: "deadline"; readonly action: PostgresAction; readonly seconds: number; readonly detail: string };

/** What was going on: waiting for another start, making a new database, or starting the server. */
export type PostgresAction = "wait" | "create" | "start";

/** Carries a PostgresFailure through code that would otherwise check every call. */
export class PostgresFailureError extends Error {
  override readonly name = "PostgresFailureError";
  readonly failure: PostgresFailure;

  constructor(failure: PostgresFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** Runs `work` and returns its value, or the PostgresFailure that it threw; anything else thrown is a bug and goes on. */
export async function attempt<T>(work: () => Promise<T>): Promise<Result<T, PostgresFailure>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof PostgresFailureError) return fail(error.failure);
    throw error;
  }
}

/** Runs `work` on the files of a folder; what the system refuses becomes a failure that names the folder. */
export async function inFolder<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new PostgresFailureError(folderFailure(folder, error.message));
  }
}

/** A failure with these last words: told apart is a full disk, because all that helps is to make room. */
export function folderFailure(folder: string, detail: string): PostgresFailure {
  return { reason: isDiskFull(detail) ? "disk-full" : "folder-unusable", folder, detail };
}

export function isDiskFull(detail: string): boolean {
  return /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/.test(detail);
}
