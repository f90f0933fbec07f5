import { readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Parent of all containers' cgroups of a lab, as given to dockerd. */
export function cgroupOf(labName: string): string {
  return `gantry-lab-${labName}`;
}

/** Thaws the lab's paused containers: under cgroup v1 not even SIGKILL ends a frozen process. */
export function thaw(labName: string): void {
  for (const group of foldersUnder(join("/sys/fs/cgroup/freezer", cgroupOf(labName)))) {
    try {
      writeFileSync(join(group, "freezer.state"), "THAWED");
    } catch {
      // removed meanwhile
    }
  }
}

/** Removes the lab's empty cgroups in all hierarchies (v1: one a controller, v2: one). True when none is left. */
export function removeCgroups(labName: string): boolean {
  const roots = ["/sys/fs/cgroup", ...childFolders("/sys/fs/cgroup")].map((root) => join(root, cgroupOf(labName)));
  const folders = roots.flatMap((root) => foldersUnder(root));
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // still busy: the caller tries again
    }
  }
  return roots.every((root) => foldersUnder(root).length === 0);
}

/** The folder and all below it, deepest first; empty when it does not exist. */
function foldersUnder(folder: string): string[] {
  try {
    return [
      ...readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap((entry) => foldersUnder(join(folder, entry.name))),
      folder,
    ];
  } catch {
    return [];
  }
}

function childFolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
