import type { ConfigCentre, ValueSource } from "../../contract/definitions.ts";
import type { FleetSurvey } from "../../contract/fleet.ts";
import type { PlanPreview } from "../../contract/requests.ts";
import type { Result } from "../../domain/result.ts";
import type { Language } from "../../gantry/words/language.ts";

type GantryReason =
  /** Gantry is not there, or is one that does not know the question. */
  | "missing"
  /** Something is wrong with files, inventory, registry or hosts: `detail` is what Gantry says. */
  | "refused"
  /** The place cannot be asked. */
  | "place"
  | "deadline"
  | "aborted"
  /** What came back is no answer. */
  | "unreadable";

export interface GantryProblem {
  readonly reason: GantryReason;
  /** For people, in the language that was asked for: what is wrong and what to do. */
  readonly detail: string;
}

export interface AskOptions {
  /** Gives up with `aborted`, or with `deadline` where it is an AbortSignal.timeout. */
  readonly signal?: AbortSignal;
  /** Seconds; 20 where nothing is said. */
  readonly deadline?: number;
  /** Of what is said about problems; English where nothing is said. */
  readonly language?: Language;
}

export type FleetAnswer = Result<FleetSurvey, GantryProblem>;
export type NamesAnswer = Result<readonly string[], GantryProblem>;

type Source<K extends ValueSource["kind"]> = Omit<Extract<ValueSource, { kind: K }>, "kind">;
type InEnvironment = { readonly environment: string };

/** What the console asks Gantry on a config centre. Nothing there is changed. */
export interface GantryAt {
  /** Projects of an environment in the order of its file, by the rules of `var_json_keys`. */
  projects(asked: Source<"projects"> & InEnvironment, options?: AskOptions): Promise<NamesAnswer>;
  /** Tags of a project's image, newest first. */
  tags(asked: Source<"tags"> & InEnvironment, options?: AskOptions): Promise<NamesAnswer>;
  /**
   * Versions that are kept on some of the project's hosts, newest first. Hosts that cannot be asked are passed over
   * as long as others keep something.
   */
  versions(asked: Source<"versions"> & InEnvironment, options?: AskOptions): Promise<NamesAnswer>;
  /** Groups of the inventory in its order, without Ansible's own `all` and `ungrouped`. */
  groups(asked: Source<"groups">, options?: AskOptions): Promise<NamesAnswer>;
  /** What runs on all hosts of an environment's projects; hosts that cannot be asked say why. Takes up to two minutes. */
  fleet(asked: InEnvironment, options?: AskOptions): Promise<FleetAnswer>;
  /** What a command line that `gantryLine` recognises would do. What keeps it from being told is its `problem`. */
  plan(argv: readonly string[], options?: AskOptions): Promise<PlanPreview>;
}

/**
 * The environment by which Gantry finds its files on a config centre: what its definition says, else (`here`, for this
 * machine) what the console was started with.
 */
export function gantryEnvironment(
  { gantryHome, inventory }: Pick<ConfigCentre, "gantryHome" | "inventory">,
  here: NodeJS.ProcessEnv = {},
): Readonly<Record<string, string>> {
  const home = gantryHome || here["GANTRY_HOME"];
  const hosts = inventory || here["ANSIBLE_INVENTORY"];
  return { ...(home ? { GANTRY_HOME: home } : {}), ...(hosts ? { ANSIBLE_INVENTORY: hosts } : {}) };
}
