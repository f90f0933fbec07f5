import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isAlive, readProcess, self, type ProcessId } from "./processes.ts";

/**
 * Makes this process the one that may start and stop the lab in that directory.
 * @throws when another live process has it, for example a second test run.
 */
export function takeOwnership(ownerFile: string): void {
  const mine = `${ownerFile}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(self()));
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      const other = owner(ownerFile);
      if (other !== undefined && other.pid !== process.pid) {
        const program = readProcess(other.pid)?.argv.join(" ") ?? "";
        throw new Error(`lab: in use by process ${other.pid} (${program}); end that one first (${ownerFile})`);
      }
      rmSync(ownerFile, { force: true });
      if (linked(mine, ownerFile)) return;
    }
    throw new Error(`lab: others keep taking ${ownerFile}`);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** The live process that owns the lab, if any. */
function owner(ownerFile: string): ProcessId | undefined {
  try {
    const id: ProcessId = JSON.parse(readFileSync(ownerFile, "utf8"));
    return isAlive(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to); // fails when `to` exists: exactly one process wins
    return true;
  } catch {
    return false;
  }
}
