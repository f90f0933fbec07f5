import { dirname } from "node:path";
import type * as ConfigHome from "../adapters/config/home.ts";
import type * as ConfigLoad from "../adapters/config/load.ts";
import type * as ConfigNames from "../adapters/config/project-names.ts";
import type * as ConfigSchema from "../adapters/config/json-schema.ts";
import type { ImageRegistry } from "../adapters/images/image-registry.ts";
import type { InventoryProblem } from "../adapters/inventory/errors.ts";
import type { Inventory } from "../adapters/inventory/inventory.ts";
import type * as InventoryLoad from "../adapters/inventory/load-inventory.ts";
import type * as InventoryPatterns from "../adapters/inventory/patterns.ts";
import type * as InventoryHosts from "../adapters/inventory/to-host.ts";
import type { Eureka } from "../domain/project.ts";
import { ok, type Result } from "../domain/result.ts";
import { systemClock } from "./clock.ts";
import type * as LogFiles from "../adapters/journal/log-files.ts";
import type * as HostLockModule from "../adapters/ssh/host-lock.ts";
import type { HookRunner, ServiceRegistry, Transport } from "../engine/ports.ts";
import type { OpenFleet } from "./open-fleet.ts";

/** A function whose module is loaded when it is called. */
type Later<F extends (...args: never[]) => unknown> = (...args: Parameters<F>) => Promise<Awaited<ReturnType<F>>>;

/** Everything outside this process, as commands use it. What a command does not call is not even loaded. */
export interface Adapters {
  readonly resolveHome: typeof ConfigHome.resolveHome;
  readonly listEnvironments: typeof ConfigHome.listEnvironments;
  readonly readProjectNames: typeof ConfigNames.readProjectNames;
  readonly loadEnvironment: typeof ConfigLoad.loadEnvironment;
  readonly findProject: Later<typeof ConfigLoad.findProject>;
  readonly configSchema: Later<typeof ConfigSchema.configJsonSchema>;
  readonly loadInventory: typeof InventoryLoad.loadInventory;
  readonly selectHosts: Later<typeof InventoryPatterns.selectHosts>;
  readonly toHost: Later<typeof InventoryHosts.toHost>;
  readonly inventoryList: (inventory: Inventory) => Promise<string>;
  readonly inventoryHost: (inventory: Inventory, name: string) => Promise<Result<string, InventoryProblem[]>>;
  readonly openLogFiles: Later<typeof LogFiles.openLogFiles>;
  readonly openLiveJournal: Later<typeof LogFiles.openLiveJournal>;
  /** Why a log file cannot be written there; undefined when it can. */
  readonly checkLogFolder: (folder: string) => Promise<string | undefined>;
  readonly readLock: typeof HostLockModule.readLock;
  /** Runs hooks in the folder of the configuration file. */
  readonly hookRunner: (configurationFile: string) => Promise<HookRunner>;
  /** Seconds until a host counts as unreachable; without them, as long as a release gives it. */
  readonly openFleet: (connectDeadline?: number) => Promise<OpenFleet>;
  readonly openTransport: () => Promise<Transport>;
  readonly openServiceRegistry: (eureka: Eureka) => Promise<ServiceRegistry>;
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
    loadInventory: async (...args) => (await import("../adapters/inventory/load-inventory.ts")).loadInventory(...args),
    selectHosts: async (...args) => (await import("../adapters/inventory/patterns.ts")).selectHosts(...args),
    toHost: async (...args) => (await import("../adapters/inventory/to-host.ts")).toHost(...args),
    inventoryList: async (inventory) => (await import("../adapters/inventory/inventory-json.ts")).listJson(inventory),
    inventoryHost: async (inventory, name) => {
      const [{ hostJson }, { findHost }] = await Promise.all([
        import("../adapters/inventory/inventory-json.ts"),
        import("../adapters/inventory/host-lookup.ts"),
      ]);
      const found = findHost(inventory, name);
      return found.ok ? ok(hostJson(found.value)) : found;
    },
    openLogFiles: async (...args) => (await import("../adapters/journal/log-files.ts")).openLogFiles(...args),
    openLiveJournal: async (...args) => (await import("../adapters/journal/log-files.ts")).openLiveJournal(...args),
    checkLogFolder: async (folder) => (await import("../adapters/journal/log-files.ts")).checkLogFolder(folder),
    readLock: async (...args) => (await import("../adapters/ssh/host-lock.ts")).readLock(...args),
    hookRunner: async (file) => {
      // A hook that starts Gantry would write into the journal of the run that it is a hook of.
      const { GANTRY_JOURNAL: _, ...rest } = env;
      return (await import("../adapters/hooks/hook-runner.ts")).createHookRunner(dirname(file), rest);
    },
    openFleet: async (connectDeadline) => (await import("./open-fleet.ts")).openFleet(env, connectDeadline),
    openTransport: async () => (await import("../adapters/ssh/transport.ts")).createTransport({ environment: env }),
    openServiceRegistry: async (eureka) =>
      (await import("../adapters/registry/eureka/eureka-registry.ts")).createEurekaRegistry(eureka, {
        clock: systemClock,
      }),
    openImageRegistry: async () => {
      const [{ createImageRegistry }, { localCredentials }] = await Promise.all([
        import("../adapters/images/image-registry.ts"),
        import("../adapters/images/local-credentials.ts"),
      ]);
      return createImageRegistry({ credentials: localCredentials(env), environment: env });
    },
  };
}
