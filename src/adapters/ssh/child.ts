import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";

/** A local process with its three streams, leader of its own process group and session. */
export type Child = ChildProcessWithoutNullStreams;

/**
 * Starts a program in a session of its own: Ctrl-C on the terminal must not end connections before Gantry has
 * decided what to do, and without a terminal ssh can never ask there.
 */
export function startChild(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Child {
  const child = spawn(program, args, { env: environment, stdio: "pipe", detached: true });
  // Whoever writes learns from the end of the process that nobody reads.
  child.stdin.on("error", () => {});
  return child;
}

/** Resolves when the process is gone and its output is complete. */
export function childClosed(child: Child): Promise<void> {
  return new Promise((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
}

/** Signals the whole process group (ssh and its proxy commands). */
export function signalChild(child: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined || over(child)) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone.
  }
}

/** Ends standard input, then the process group: TERM after `patience` milliseconds, KILL after as many again. */
export async function endChild(child: Child, patience: number): Promise<void> {
  if (over(child)) return;
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  child.stdin.destroy();
  const term = setTimeout(() => signalChild(child, "SIGTERM"), patience);
  const kill = setTimeout(() => signalChild(child, "SIGKILL"), patience * 2);
  await gone;
  clearTimeout(term);
  clearTimeout(kill);
}

function over(child: Child): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}
