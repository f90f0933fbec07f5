import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

/** A lock that the kernel frees when the process ends, whichever way. */
export interface FileLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * Takes the lock of a file, or returns undefined when it is held, by this process or another. Node has no call for file
 * locks; SQLite, which comes with Node, takes them for a transaction. They hold between containers that share the
 * folder, and cannot go stale as a file with a process number in it can. Throws what the system refuses.
 */
export function tryLock(path: string): FileLock | undefined {
  makePrivateFile(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // Nothing is written, not even the journal of an empty transaction: a full disk must not matter.
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  const release = (): void => {
    process.off("exit", release);
    if (database.isOpen) database.close();
  };
  // Also keeps the database from being collected as garbage, and the lock with it.
  process.on("exit", release);
  return { release };
}

/** Takes the lock as soon as it is free; undefined when the signal comes first. */
export async function waitForLock(path: string, signal: AbortSignal): Promise<FileLock | undefined> {
  for (;;) {
    const lock = tryLock(path);
    if (lock !== undefined || signal.aborted) return lock;
    await sleep(25);
  }
}

/** An existing file is not opened: closing it again would free the locks that this process has on it (fcntl(2)). */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}
