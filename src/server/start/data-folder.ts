import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** Where the console keeps its data: --data, $GANTRY_DATA, /var/lib/gantry as root, else the user's own data folder. */
export function dataFolderOf(option: string | undefined, env: NodeJS.ProcessEnv): string {
  const named = option ?? env["GANTRY_DATA"];
  if (named !== undefined && named !== "") return resolve(named);
  if (process.getuid?.() === 0) return "/var/lib/gantry";
  const xdg = env["XDG_DATA_HOME"];
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), ".local/share"), "gantry");
}
