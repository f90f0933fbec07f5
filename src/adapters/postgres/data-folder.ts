import { chmodSync, mkdirSync, realpathSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes the console's data folder when it is absent and returns its real path. A folder that root makes lets others
 * pass but not look (0711): the database inside runs as another user. Throws what the system refuses.
 */
export function makeDataFolder(path: string): string {
  const first = mkdirSync(path, { recursive: true, mode: 0o700 });
  const folder = realpathSync(path);
  if (first === undefined || process.getuid?.() !== 0) return folder;
  const above = dirname(realpathSync(first));
  for (let made = folder; made !== above; made = dirname(made)) chmodSync(made, 0o711);
  return folder;
}
