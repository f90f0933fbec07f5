import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that Gantry is installed in: the nearest one above the program that holds a package.json. */
export function installationFolder(program: string): string {
  let folder = dirname(realpathSync(program));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error(`${program} is in no installation of Gantry: there is no package.json above it`);
    folder = above;
  }
  return folder;
}
