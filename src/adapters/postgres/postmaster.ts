import { readFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServerUser } from "./server-user.ts";

/** The server's first process, as its file postmaster.pid tells. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  readonly isReady: boolean;
}

const POLL = 10;

/**
 * The living server of this cluster. Its file may be left from a server that was killed, and its number may belong to
 * another program by now: only a process of the server's user with this cluster as its argument is believed.
 */
export function findPostmaster(cluster: string, user: ServerUser): Postmaster | undefined {
  // PostgreSQL: "Database Lock File"; the lines are pid, cluster, start, port, socket folder, address, memory, status.
  const lines = readLines(join(cluster, "postmaster.pid"));
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isPostmaster(pid, cluster, user)) return undefined;
  return { pid, socketFolder: lines[4] ?? "", isReady: lines[7]?.trim() === "ready" };
}

export function isPostmaster(pid: number, cluster: string, user: ServerUser): boolean {
  const [program = "", option, folder] = readText(`/proc/${pid}/cmdline`).split("\0");
  // Its children write their names over the command line: "postgres: checkpointer".
  if (!program.endsWith("/postgres") || option !== "-D" || folder !== cluster) return false;
  return new RegExp(`^Uid:\\s+${user.uid}\\b`, "m").test(readText(`/proc/${pid}/status`));
}

/**
 * Removes the file of a server that does not live, for a new one would refuse to start if the number belongs to any
 * process of the same user. Should children of a killed server be left, the new one still sees the memory they share.
 */
export function forgetPostmaster(cluster: string): void {
  try {
    unlinkSync(join(cluster, "postmaster.pid"));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

/** Ends the server: transactions in hand are rolled back; when it is still there after `seconds`, it is cut short. */
export async function stopPostmaster(pid: number, cluster: string, user: ServerUser, seconds: number): Promise<void> {
  const isLeft = (): boolean => isPostmaster(pid, cluster, user);
  // PostgreSQL: SIGINT is the fast shutdown, SIGQUIT the immediate one, after which the next start recovers.
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (isLeft()) sendSignal(pid, signal);
    const until = performance.now() + seconds * 1000;
    while (isLeft() && performance.now() < until) await sleep(POLL);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Ended in this very moment.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function readLines(path: string): readonly string[] {
  return readText(path).split("\n");
}

/** Empty when there is no such file, or no such process any more. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
