import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

export const DEFAULT_HOME = "/opt/soft/skstack_plugins";
const PLUGIN = "pl_deploy_docker";
export const SUFFIX = "_conf.json";

/** The folder that all configuration is found under, and why it is that one. */
export interface Home {
  readonly path: string;
  readonly source: "flag" | "variable" | "nearest" | "default";
}

export interface HomeChoices {
  /** `--home`. */
  readonly flag?: string | undefined;
  /** `$GANTRY_HOME`. */
  readonly variable?: string | undefined;
  readonly cwd: string;
}

/**
 * The home directory: `--home`, else `$GANTRY_HOME`, else the nearest folder upward that holds `pl_deploy_docker/conf/`
 * or a `conf/` with configuration files in it, else /opt/soft/skstack_plugins. Whether it exists shows when it is read.
 */
export async function resolveHome({ flag, variable, cwd }: HomeChoices): Promise<Home> {
  if (flag !== undefined && flag !== "") return { path: resolve(cwd, flag), source: "flag" };
  if (variable !== undefined && variable !== "") return { path: resolve(cwd, variable), source: "variable" };
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (await isFolder(join(folder, PLUGIN, "conf"))) return { path: folder, source: "nearest" };
    if (await holdsConfiguration(join(folder, "conf"))) {
      // Users of the original work in <home>/pl_deploy_docker, whose conf/ is meant by the first rule.
      const path = basename(folder) === PLUGIN ? dirname(folder) : folder;
      return { path, source: "nearest" };
    }
    if (folder === dirname(folder)) return { path: DEFAULT_HOME, source: "default" };
  }
}

/** The folders that hold environment files, the one that counts first. */
export function configurationFolders(home: string): readonly string[] {
  return [join(home, PLUGIN, "conf"), join(home, "conf")];
}

/** The file that says where logs go. */
export function publicFile(home: string, environment: string): string {
  return join(home, "conf_pub", environment + SUFFIX);
}

/** The names of all environments that there is a file for, sorted. */
export async function listEnvironments(home: string): Promise<readonly string[]> {
  const names = await Promise.all(configurationFolders(home).map(environmentsIn));
  return [...new Set(names.flat())].toSorted();
}

async function environmentsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .filter(isEnvironmentName);
}

/** True for names that cannot lead out of the folder: letters (of any script), digits, `_`, `-`, and dots inside. */
export function isEnvironmentName(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63}$/u.test(name) && !name.includes("..");
}

async function holdsConfiguration(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.some((name) => name.endsWith(SUFFIX) || name === "demo.json");
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
