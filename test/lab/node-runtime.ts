import { chmodSync, copyFileSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "./command.ts";

const cacheRoot = "/var/cache/gantry-lab/node";
/** Where containers find it. */
const inside = "/node";

/** The first words of a container's command that runs a script by Node; needs `nodeRunArgs`. */
export const nodeCommand: readonly string[] = [`${inside}/run`];

/**
 * Makes this process's Node usable in containers without any library of their own: the program and the libraries that it
 * needs, in a folder that every lab host sees. As part of an image it would be 150 MB to pull on each host.
 *
 * @returns the flags of `docker run` that bring it into a container
 */
export async function nodeRunArgs(): Promise<string> {
  const folder = join(cacheRoot, `${process.version}-${process.arch}`);
  if (!existsSync(folder)) await install(folder);
  return `-v ${folder}:${inside}:ro`;
}

async function install(folder: string): Promise<void> {
  const made = `${folder}.${process.pid}`;
  mkdirSync(made, { recursive: true });
  const listed = await run(["ldd", process.execPath]);
  if (listed.code !== 0) throw new Error(`lab: cannot list the libraries of ${process.execPath}:\n${listed.stderr}`);
  const libraries = [...listed.stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].flatMap(([, path]) => path ?? []);
  const loader = libraries.find((path) => basename(path).startsWith("ld-linux"));
  if (loader === undefined) throw new Error(`lab: no dynamic loader among the libraries of ${process.execPath}`);
  for (const path of [process.execPath, ...libraries])
    copyFileSync(path, join(made, basename(path)), constants.COPYFILE_FICLONE);
  const words = [`${inside}/${basename(loader)}`, "--library-path", inside, `${inside}/${basename(process.execPath)}`];
  writeFileSync(join(made, "run"), `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`);
  for (const file of ["run", basename(loader), basename(process.execPath)]) chmodSync(join(made, file), 0o755);
  try {
    renameSync(made, folder);
  } catch {
    // Another process was quicker.
    rmSync(made, { recursive: true, force: true });
  }
}
