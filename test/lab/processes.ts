import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessId {
  readonly pid: number;
  /** Clock ticks since boot, field 22 of /proc/<pid>/stat. */
  readonly start: number;
}

export interface Process extends ProcessId {
  readonly argv: readonly string[];
  /** Its number in its own PID namespace: 1 for the init of a lab host. */
  readonly innerPid: number;
  /** `pid:[4026531836]`, or empty when it may not be read. */
  readonly pidNamespace: string;
}

/** All live processes of the machine; zombies are not alive. */
export function listProcesses(): Process[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => readProcess(Number(entry)))
    .filter((process) => process !== undefined);
}

/** The process with that number, or undefined when it is gone (or only waits to be reaped). */
export function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name before may hold spaces and brackets
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
    const inner = /^NSpid:.*?(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return {
      pid,
      start: Number(fields[19]),
      argv,
      innerPid: Number(inner?.[1] ?? pid),
      pidNamespace: readlinkSync(`/proc/${pid}/ns/pid`),
    };
  } catch {
    return undefined; // it ended while being read
  }
}

/** Who this process is, to be written into a file and checked by `isAlive` later. */
export function self(): ProcessId {
  return { pid: process.pid, start: readProcess(process.pid)?.start ?? 0 };
}

/** True while exactly that process lives: the number alone may have been given to another. */
export function isAlive(id: ProcessId): boolean {
  return readProcess(id.pid)?.start === id.start;
}

/** Sends a signal to exactly that process; false when it is gone. */
export function signal(id: ProcessId, name: NodeJS.Signals): boolean {
  if (!isAlive(id)) return false;
  try {
    return process.kill(id.pid, name);
  } catch {
    return false;
  }
}
