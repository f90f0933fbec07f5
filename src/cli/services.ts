import type { RunStatus } from "../engine/events.ts";
import type { InventoryProblemWords, ProblemWords } from "../gantry/words/problem-words.ts";
import type { Words } from "./locales/words.ts";
import type { Adapters } from "../gantry/adapters.ts";
import type { Paint } from "./output/paint.ts";

/** What every command gets: the process around it, and words and colours for its output. */
export interface Services {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly words: Words;
  /** The words for problems of configuration files, loaded when there is one. */
  readonly problemWords: () => Promise<ProblemWords>;
  /** The same for inventories. */
  readonly inventoryWords: () => Promise<InventoryProblemWords>;
  readonly paint: Paint;
  readonly adapters: Adapters;
}

/** Options that every command has. */
export interface CommonOptions {
  readonly inventory?: readonly string[];
  readonly home?: string;
}

/** How a run is shown. */
export type Look = "board" | "ansible" | "ndjson";

/** Exit codes, the same for every command. */
export const EXIT = {
  done: 0,
  usage: 1,
  failed: 2,
  drift: 3,
  unreachable: 4,
  locked: 5,
  outOfDate: 6,
  frozen: 7,
  interrupted: 130,
} as const;

/** The exit code that tells how a run ended. */
export function exitCode(status: RunStatus): number {
  return CODES[status];
}

const CODES: Readonly<Record<RunStatus, number>> = {
  succeeded: EXIT.done,
  failed: EXIT.failed,
  unreachable: EXIT.unreachable,
  locked: EXIT.locked,
  interrupted: EXIT.interrupted,
};

/** Wrong use or configuration: printed as it is, exit code 1. Thrown by commands, caught in main. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
