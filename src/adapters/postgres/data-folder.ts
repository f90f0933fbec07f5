import { chmodSync, existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes the console's data folder when it is absent and returns its real path. A folder that root makes lets others
 * pass but not look (0711): the database inside runs as another user. Throws what the system refuses.
 */
export function makeDataFolder(path: string): string {
  makeMissing(resolve(path), process.getuid?.() === 0 ? 0o711 : 0o700);
  return realpathSync(path);
}

/** Makes a folder of mode 0700 unless there is something of that name; true when it was made. */
export function makeFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Not by mkdir's own `recursive`, which says ENOENT for whatever the system says. */
function makeMissing(path: string, mode: number): void {
  if (existsSync(path)) return;
  makeMissing(dirname(path), mode);
  if (makeFolder(path)) chmodSync(path, mode);
}
