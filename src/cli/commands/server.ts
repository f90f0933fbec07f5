import { installationFolder } from "../installation.ts";
import type { CommonOptions, Services } from "../services.ts";
import { version } from "../version.ts";

export interface ConsoleCommandOptions extends CommonOptions {
  readonly listen: string;
  readonly data?: string;
  readonly demo?: boolean;
  readonly worker: boolean;
}

export interface WorkerCommandOptions extends CommonOptions {
  readonly data?: string;
}

/** `gantry console`: serves until it is told to stop. */
export async function runConsole(options: ConsoleCommandOptions, services: Services): Promise<number> {
  const server = await import("../../server/main.ts");
  const { listen, demo = false, worker, data } = options;
  return server.runConsole({ ...common(services), data, listen, demo, worker });
}

/** `gantry worker`: follows runs until it is told to stop. */
export async function runWorker({ data }: WorkerCommandOptions, services: Services): Promise<number> {
  const server = await import("../../server/main.ts");
  return server.runWorker({ ...common(services), data });
}

function common({ env, stdout, stderr, words }: Services) {
  return {
    env,
    stdout,
    stderr,
    language: words.language,
    version,
    installation: installationFolder(process.argv[1] ?? ""),
  };
}
