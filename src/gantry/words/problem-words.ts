import type { ConfigProblem, FileProblem, LookupProblem } from "../../adapters/config/problems.ts";
import type { InventoryProblem, UnmatchedPart } from "../../adapters/inventory/errors.ts";
import type { DockerRunProblem } from "../../domain/docker-run-problems.ts";
import type { DurationProblem } from "../../domain/duration.ts";
import type { ImageReferenceProblem } from "../../domain/image-reference.ts";
import type { SerialProblem } from "../../domain/serial.ts";
import type { ShellWordsProblem } from "../../domain/shell-words.ts";

/** The member of a union whose field `K` has the value `V`. */
type Case<P, K extends keyof P, V> = P extends unknown
  ? V extends P[K]
    ? P & { readonly [Field in K]: V }
    : never
  : never;

/** One text for every value of the field that tells a union's members apart; a missing one does not compile. */
type TextByCase<P, K extends keyof P> = {
  readonly [V in P[K] & string]: (problem: Case<P, K, V>) => string;
};

type TextByCode<P extends { readonly code: string }> = TextByCase<P, "code">;
type TextByReason<P extends { readonly reason: string }> = TextByCase<P, "reason">;

/** These begin with a small letter: place and path stand before them. */
export type FileProblemWords = TextByCode<FileProblem>;
export type LookupProblemWords = TextByCode<LookupProblem>;

/** Everything that can be wrong with a configuration, in words of one language. */
export interface ProblemWords {
  /** Stands before what is said but stops nothing. */
  readonly warning: string;
  readonly config: TextByCode<ConfigProblem>;
  readonly shellWords: TextByReason<ShellWordsProblem>;
  readonly dockerRun: TextByReason<DockerRunProblem>;
  readonly duration: TextByReason<DurationProblem>;
  readonly serial: TextByReason<SerialProblem>;
  readonly imageReference: TextByReason<ImageReferenceProblem>;
}

/** Inventory problems with a place; they begin with a small letter. */
export type InventoryFileProblem = Extract<InventoryProblem, { readonly line: number }>;
export type InventoryFileWords = TextByReason<InventoryFileProblem>;
/** Those of finding, running, opening and using an inventory; they name their files themselves. */
export type InventoryUseWords = TextByReason<Exclude<InventoryProblem, InventoryFileProblem>>;

/** Everything that can be wrong with an inventory, in words of one language. */
export interface InventoryProblemWords {
  /** Stands before what is said but stops nothing. */
  readonly warning: string;
  readonly inventory: TextByReason<InventoryProblem>;
  /** A part of a pattern that matches nothing, also as a warning where other parts match. */
  readonly unmatched: (part: UnmatchedPart) => string;
}

/** What a table says about a problem, `value` being the field that tells problems apart. */
export function textFrom<Problems, V extends keyof Problems>(
  texts: { readonly [Value in keyof Problems]: (problem: Problems[Value]) => string },
  value: V,
  problem: Problems[V],
): string {
  return texts[value](problem);
}
