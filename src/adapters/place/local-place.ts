import { statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fail, ok } from "../../domain/result.ts";
import { followLocalSpool } from "./local-follow.ts";
import { runLocalProgram } from "./local-program.ts";
import type { Place } from "./place.ts";
import type { ScriptRunner } from "./script-runner.ts";
import { spoolCommands } from "./spool-commands.ts";
import { environmentProblem, runFolderName } from "./spool-spec.ts";

export interface LocalPlaceOptions {
  readonly name: string;
  /** Absolute path of the folder that holds a folder a run; made when it is not there. */
  readonly spoolRoot: string;
  /** What runs and scripts see besides their own; default `taskEnvironment(process.env)`. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Bytes that a script of ours may print. */
const SCRIPT_OUTPUT = 16 * 1024 * 1024;

/** This machine as a place for runs. */
export function createLocalPlace(options: LocalPlaceOptions): Place {
  const { name: place, spoolRoot } = options;
  const root = spoolRoot.replace(/\/+$/, "");
  if (!root.startsWith("/")) throw new Error(`not an absolute path: ${JSON.stringify(spoolRoot)}`);
  const environment = options.environment ?? taskEnvironment(process.env);
  const directory = usableFolder(environment["HOME"] ?? homedir());

  const run: ScriptRunner = async (script, { deadline, signal }) => {
    const input = { input: script, deadline, limit: SCRIPT_OUTPUT, ...(signal === undefined ? {} : { signal }) };
    const result = await runLocalProgram(["sh"], { place, environment, directory, ...input });
    if (!result.ok) return result;
    return ok({ ...result.value, stdout: result.value.stdout.toString("utf8") });
  };

  return {
    name: place,
    spoolRoot: root,
    ...spoolCommands(place, root, run),
    exec: async (argv, { env = {}, ...limits }) => {
      const problem = environmentProblem(env);
      if (problem !== undefined) return fail({ reason: "bad-value", place, detail: problem });
      return runLocalProgram(argv, { place, environment: { ...environment, ...env }, directory, ...limits });
    },
    follow: (name, from, signal) => followLocalSpool(place, join(root, runFolderName(name)), from, signal),
    close: () => Promise.resolve(),
  };
}

function usableFolder(folder: string): string {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : "/";
}

const TASK_VARIABLES =
  /^(HOME|USER|LOGNAME|SHELL|PATH|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|SSH_AUTH_SOCK|JAVA_HOME|(https?|ftp|all|no)_proxy|(ANSIBLE|DOCKER|XDG)_[A-Z_]+)$/i;

/**
 * What tasks may see of the environment of a server: who and where they are, how to reach the net, and how Ansible and
 * Docker are set up. All else stays with the server: it holds secrets of its own, such as its database's address.
 */
export function taskEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => TASK_VARIABLES.test(name)));
}
