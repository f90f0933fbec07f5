import { dirname } from "node:path";
import type * as ConfigHome from "../adapters/config/home.ts";
import type * as ConfigLoad from "../adapters/config/load.ts";
import type * as ConfigNames from "../adapters/config/project-names.ts";
import type * as ConfigSchema from "../adapters/config/json-schema.ts";
import type { ImageRegistry } from "../adapters/images/image-registry.ts";
import type * as LogFiles from "../adapters/journal/log-files.ts";
import type * as HostLockModule from "../adapters/ssh/host-lock.ts";
import type { HookRunner, Transport } from "../engine/ports.ts";
import type { OpenFleet } from "./open-fleet.ts";

/** Everything outside this process, as commands use it. What a command does not call is not even loaded. */
export interface Adapters {
  readonly resolveHome: typeof ConfigHome.resolveHome;
  readonly listEnvironments: typeof ConfigHome.listEnvironments;
  readonly readProjectNames: typeof ConfigNames.readProjectNames;
  readonly loadEnvironment: typeof ConfigLoad.loadEnvironment;
  readonly findProject: (
    ...args: Parameters<typeof ConfigLoad.findProject>
  ) => Promise<ReturnType<typeof ConfigLoad.findProject>>;
  readonly configSchema: (
    ...args: Parameters<typeof ConfigSchema.configJsonSchema>
  ) => Promise<ConfigSchema.JsonSchema>;
  readonly openLogFiles: (folder: string, name: string) => Promise<ReturnType<typeof LogFiles.openLogFiles>>;
  /** Why a log file cannot be written there; undefined when it can. */
  readonly checkLogFolder: (folder: string) => Promise<string | undefined>;
  readonly readLock: typeof HostLockModule.readLock;
  /** Runs hooks in the folder of the configuration file. */
  readonly hookRunner: (configurationFile: string) => Promise<HookRunner>;
  readonly openFleet: () => Promise<OpenFleet>;
  readonly openTransport: () => Promise<Transport>;
  readonly openImageRegistry: () => Promise<ImageRegistry>;
}

/** The real adapters. */
export function createAdapters(env: NodeJS.ProcessEnv): Adapters {
  return {
    resolveHome: async (choices) => (await import("../adapters/config/home.ts")).resolveHome(choices),
    listEnvironments: async (home) => (await import("../adapters/config/home.ts")).listEnvironments(home),
    readProjectNames: async (...args) =>
      (await import("../adapters/config/project-names.ts")).readProjectNames(...args),
    loadEnvironment: async (...args) => (await import("../adapters/config/load.ts")).loadEnvironment(...args),
    findProject: async (...args) => (await import("../adapters/config/load.ts")).findProject(...args),
    configSchema: async (...args) => (await import("../adapters/config/json-schema.ts")).configJsonSchema(...args),
    openLogFiles: async (...args) => (await import("../adapters/journal/log-files.ts")).openLogFiles(...args),
    checkLogFolder: async (folder) => (await import("../adapters/journal/log-files.ts")).checkLogFolder(folder),
    readLock: async (...args) => (await import("../adapters/ssh/host-lock.ts")).readLock(...args),
    hookRunner: async (file) => (await import("../adapters/hooks/hook-runner.ts")).createHookRunner(dirname(file), env),
    openFleet: async () => (await import("./open-fleet.ts")).openFleet(env),
    openTransport: async () => (await import("../adapters/ssh/transport.ts")).createTransport({ environment: env }),
    openImageRegistry: async () => {
      const [{ createImageRegistry }, { localCredentials }] = await Promise.all([
        import("../adapters/images/image-registry.ts"),
        import("../adapters/images/local-credentials.ts"),
      ]);
      return createImageRegistry({ credentials: localCredentials(env), environment: env });
    },
  };
}
