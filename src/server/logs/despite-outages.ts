import { setTimeout as sleep } from "node:timers/promises";

export interface Patience {
  /** Ends the tries; the last failure is thrown then. */
  readonly signal: AbortSignal;
  /** Hears of every failed try. */
  readonly onTrouble: (error: unknown) => void;
}

/** Milliseconds between tries: the first, doubled each time, and the longest. */
const PAUSES = { first: 50, longest: 2000 };

/**
 * Does something with the database until it works: a server that restarts, fails over or has a full disk for a while
 * is no reason to lose anything. What can never work is thrown at once. The work may have been done by a try that
 * seemed to fail, so it has to look.
 */
export async function despiteOutages<T>(work: () => Promise<T>, { signal, onTrouble }: Patience): Promise<T> {
  for (let pause = PAUSES.first; ; pause = Math.min(pause * 2, PAUSES.longest)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
      onTrouble(error);
      await sleep(pause, undefined, { signal }).catch(() => {});
    }
  }
}

/**
 * Errors that a statement makes by itself come again: bad data (SQLSTATE class 22), a broken constraint (23), an
 * unknown name or no right to it (42). So do bugs, which have neither an SQLSTATE nor anything of a connection.
 */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (/^\d[\dA-Z]{4}$/.test(code)) return !/^(?:22|23|42)/.test(code);
  return /^E[A-Z]+$/.test(code) || /connection|timeout|terminated/i.test(error.message);
}
