import { resolve } from "node:path";
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
  return server.runConsole({ ...common(services, options), data, listen, demo, worker });
}

/** `gantry worker`: follows runs until it is told to stop. */
export async function runWorker(options: WorkerCommandOptions, services: Services): Promise<number> {
  const server = await import("../../server/main.ts");
  return server.runWorker({ ...common(services, options), data: options.data });
}

export interface ResetPasswordCommandOptions extends CommonOptions {
  readonly data?: string;
  readonly totp?: boolean;
  readonly activate?: boolean;
}

/** `gantry console reset-password`: for somebody who cannot sign in any more. */
export async function runResetPassword(
  name: string,
  options: ResetPasswordCommandOptions,
  services: Services,
): Promise<number> {
  const server = await import("../../server/main.ts");
  const { data, totp = false, activate = false } = options;
  return server.runResetPassword({ ...common(services, options), name, data, totp, activate });
}

/** `--home` and `-i` are where local config centres find their files, unless their definitions say otherwise. */
function common({ env, cwd, stdout, stderr, words }: Services, { home, inventory }: CommonOptions) {
  return {
    env: {
      ...env,
      ...(home === undefined ? {} : { GANTRY_HOME: resolve(cwd, home) }),
      ...(inventory === undefined || inventory.length === 0
        ? {}
        : { ANSIBLE_INVENTORY: inventory.map((path) => resolve(cwd, path)).join(",") }),
    },
    stdout,
    stderr,
    language: words.language,
    version,
    installation: installationFolder(process.argv[1] ?? ""),
  };
}
