import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait, how often to look, and which log to show when time is up. */
export interface Deadline {
  readonly seconds: number;
  readonly everyMs?: number;
  readonly log?: string;
}

/**
 * Calls `check` until it answers anything but undefined and returns that.
 * @throws when the deadline passes: says what it waited for, and the tail of the log.
 */
export async function waitFor<T>(
  what: string,
  deadline: Deadline,
  check: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + deadline.seconds * 1000;
  for (;;) {
    const found = await check();
    if (found !== undefined) return found;
    if (performance.now() > end) {
      throw new Error(`lab: gave up after ${deadline.seconds}s waiting for ${what}${await logTail(deadline.log)}`);
    }
    await sleep(deadline.everyMs ?? 25);
  }
}

/** The last lines of a log file, ready to be appended to a message; says so when there is none. */
export async function logTail(file: string | undefined, lines = 15): Promise<string> {
  if (file === undefined) return "";
  const text = await readFile(file, "utf8").catch(() => "");
  if (text.trim() === "") return `\n  (${file} is empty)`;
  const tail = text.trimEnd().split("\n").slice(-lines);
  return `\n  the end of ${file}:\n    ${tail.join("\n    ")}`;
}

/** Runs `work` over all items, at most `limit` at once; the first failure is thrown after the running ones ended. */
export async function eachAtMost<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      if (failures.length > 0) return;
      await work(item).catch((failure: unknown) => failures.push(failure));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
