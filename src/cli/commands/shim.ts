import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { quoteShellWord } from "../../domain/shell-words.ts";
import { EXIT, type Services } from "../services.ts";

const NAMES = ["main_docker_deploy", "var_json_keys", "var_images_tags_id"] as const;
const MARK = "# Written by gantry shim";

export interface ShimOptions {
  readonly folder: string;
  readonly force?: boolean;
}

/** Writes the original's Python programs as small ones that run Gantry, so that `python main_docker_deploy.py …` goes on. */
export function shim({ folder, force = false }: ShimOptions, { cwd, stdout, stderr, words }: Services): number {
  const target = resolve(cwd, folder);
  mkdirSync(target, { recursive: true });
  const taken = NAMES.map((name) => join(target, `${name}.py`)).filter(
    (path) => existsSync(path) && !readFileSync(path, "utf8").includes(MARK),
  );
  if (taken.length > 0 && !force) {
    stderr.write(`${words.usage.shimTaken(taken)}\n`);
    return EXIT.usage;
  }
  for (const path of taken) renameSync(path, `${path}.orig`);
  for (const name of NAMES) {
    const path = join(target, `${name}.py`);
    writeFileSync(path, program(name, launcher(name)));
    chmodSync(path, 0o755);
    stdout.write(`${path}\n`);
  }
  stdout.write(`${words.usage.shimHome(dirname(target), quoteShellWord(target))}\n`);
  return EXIT.done;
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
