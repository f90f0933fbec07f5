import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A private directory (0700) for sockets and scripts; gone after `remove` or at the end of the process. */
export interface RuntimeDirectory {
  readonly path: string;
  remove(): void;
}

/** ssh binds the control socket under a name 17 bytes longer first, and a socket's path has at most 104 bytes. */
const LONGEST_BASE = 40;

/**
 * Makes the directory in $XDG_RUNTIME_DIR, or in /tmp when that is unset, unusable or too long for sockets. What
 * earlier processes of ours left there because they were killed is removed.
 */
export function makeRuntimeDirectory(environment: NodeJS.ProcessEnv): RuntimeDirectory {
  const base = runtimeBase(environment);
  const family = `gantry-${processNamespace()}-`;
  sweep(base, family);
  const path = mkdtempSync(join(base, `${family}${process.pid}-`));
  const remove = (): void => {
    process.off("exit", remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.on("exit", remove);
  return { path, remove };
}

function runtimeBase(environment: NodeJS.ProcessEnv): string {
  const base = environment["XDG_RUNTIME_DIR"];
  if (base === undefined || !/^\/[\w./-]*$/.test(base) || base.length > LONGEST_BASE) return "/tmp";
  const facts = statSync(base, { throwIfNoEntry: false });
  return facts?.isDirectory() && facts.uid === process.getuid?.() ? base : "/tmp";
}

/** Containers may share a /tmp: a process number means something only inside its own namespace. */
function processNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}

function sweep(base: string, family: string): void {
  for (const name of readdirSync(base)) {
    const owner = name.startsWith(family) ? Number.parseInt(name.slice(family.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || alive(owner)) continue;
    try {
      const path = join(base, name);
      if (statSync(path).uid === process.getuid?.()) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process of ours sweeps at the same time.
    }
  }
}

function alive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
