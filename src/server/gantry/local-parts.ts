import type { Adapters } from "../../gantry/adapters.ts";
import type { GantryCommand } from "./gantry-command.ts";

/** The adapters that answering takes. */
type GantryAdapters = Pick<
  Adapters,
  | "resolveHome"
  | "readProjectNames"
  | "loadEnvironment"
  | "findProject"
  | "loadInventory"
  | "selectHosts"
  | "toHost"
  | "openFleet"
  | "openImageRegistry"
>;

export interface LocalGantryParts extends GantryCommand {
  readonly adapters: GantryAdapters;
  /** What the adapters see of the environment; `gantryEnv` is added to it. */
  readonly env: NodeJS.ProcessEnv;
  /** The folder in which commands run there: the home directory is looked for from it upward. */
  readonly cwd: string;
}
