import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a folder that only this user can look into, in `directory`, else in $XDG_RUNTIME_DIR (which is in memory),
 * else among the temporary files. What processes of ours that were killed have left there is removed.
 */
export function privateFolder(directory: string = process.env["XDG_RUNTIME_DIR"] ?? tmpdir()): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const family = `gantry-centre-${processNamespace()}-`;
  sweep(directory, family);
  return mkdtempSync(join(directory, `${family}${process.pid}-`));
}

/** Containers may share a folder: a process number means something only inside its own namespace. */
function processNamespace(): string {
  return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
}

function sweep(directory: string, family: string): void {
  for (const name of readdirSync(directory)) {
    const owner = name.startsWith(family) ? Number.parseInt(name.slice(family.length), 10) : Number.NaN;
    const path = join(directory, name);
    if (Number.isNaN(owner) || statSync(`/proc/${owner}`, { throwIfNoEntry: false }) !== undefined) continue;
    if (statSync(path, { throwIfNoEntry: false })?.uid === process.getuid?.()) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
