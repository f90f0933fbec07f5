import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { quoteShellWord } from "../../domain/shell-words.ts";
import { EXIT, UsageError, type Services } from "../services.ts";

const NAMES = ["main_docker_deploy", "var_json_keys", "var_images_tags_id"] as const;
const MARK = "# Written by gantry shim";

export interface ShimOptions {
  readonly folder: string;
  readonly force?: boolean;
}

/** Writes the original's Python programs as small ones that run Gantry, so that `python main_docker_deploy.py …` goes on. */
export function shim({ folder, force = false }: ShimOptions, services: Services): number {
  const { cwd, stdout, words } = services;
  const target = resolve(cwd, folder);
  try {
    // Only the last folder is made: one that lacks its parents is more likely a slip.
    if (!existsSync(target)) mkdirSync(target);
    for (const path of writePrograms(target, force, services)) stdout.write(`${path}\n`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UsageError(words.usage.shimFolder(target, error.message));
  }
  stdout.write(`${words.usage.shimDone(quoteShellWord(target), homeOf(target))}\n`);
  return EXIT.done;
}

/** Writes the programs and returns their paths; refuses where files of others are in their places. */
function writePrograms(target: string, force: boolean, { words }: Services): readonly string[] {
  const taken = NAMES.map((name) => join(target, `${name}.py`)).filter(
    (path) => existsSync(path) && !readFileSync(path, "utf8").includes(MARK),
  );
  if (taken.length > 0 && !force) throw new UsageError(words.usage.shimTaken(taken));
  for (const path of taken) renameSync(path, `${path}.orig`);
  return NAMES.map((name) => {
    const path = join(target, `${name}.py`);
    writeFileSync(path, program(name, launcher(name)));
    chmodSync(path, 0o755);
    return path;
  });
}

/** The home that the programs in a folder set; undefined where they leave it to Gantry. */
function homeOf(folder: string): string | undefined {
  if (!existsSync(join(folder, "conf"))) return undefined;
  return basename(folder) === "pl_deploy_docker" ? dirname(folder) : folder;
}

/** The launcher in bin/ of this installation, wherever this file was bundled to. */
function launcher(name: string): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "bin", "gantry"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("bin/gantry is not above this file: the installation is damaged");
    folder = parent;
  }
  return join(folder, "bin", name);
}

/** Runs under Python 2.6 and later: work orders name whatever `python` is. The home is the folder that the original had. */
function program(name: string, path: string): string {
  return `#!/usr/bin/env python
# -*- coding: utf-8 -*-
${MARK}; runs ${name} of Gantry with the same arguments.
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
if "GANTRY_HOME" not in os.environ and os.path.isdir(os.path.join(here, "conf")):
    os.environ["GANTRY_HOME"] = os.path.dirname(here) if os.path.basename(here) == "pl_deploy_docker" else here
program = ${JSON.stringify(path)}
try:
    os.execv(program, [program] + sys.argv[1:])
except OSError as error:
    sys.stderr.write("cannot start %s: %s\\nInstall Gantry again, then run: gantry shim %s\\n" % (program, error, here))
    sys.exit(1)
`;
}
