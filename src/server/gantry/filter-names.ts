import { Script } from "node:vm";
import { fail, ok } from "../../domain/result.ts";
import { nameFilter, namePattern } from "../../gantry/name-filter.ts";
import type { NamesAnswer } from "./gantry-at.ts";
import type { GantryWords } from "./gantry-words.ts";

/** Milliseconds for patterns: one with repetitions of repetitions may take for ever, and nothing else goes on meanwhile. */
const PATIENCE = 250;
const LATE = "ERR_SCRIPT_EXECUTION_TIMEOUT";
const filter = new Script("names.filter(passes)");

/** The names in which `keyword` is found and `exclude` is not, by the rules of `var_json_keys`. */
export function filterNames(
  names: readonly string[],
  { keyword, exclude = "" }: { readonly keyword: string; readonly exclude?: string },
  words: GantryWords,
): NamesAnswer {
  for (const pattern of [keyword, exclude]) {
    const detail = syntaxProblem(pattern);
    if (detail !== undefined) return fail({ reason: "refused", detail: words.badPattern(pattern, detail) });
  }
  const passes = nameFilter(keyword, exclude);
  try {
    // A script is the only thing that can be stopped by time.
    const found: unknown = filter.runInNewContext({ names, passes }, { timeout: PATIENCE });
    return ok(Array.isArray(found) ? found.map(String) : []);
  } catch (error) {
    // It comes from the script's own world, where Error is another one.
    const isLate = typeof error === "object" && error !== null && "code" in error && error.code === LATE;
    if (!isLate) throw error;
    const pattern = [keyword, exclude].filter((each) => each !== "").join(" / ");
    return fail({ reason: "refused", detail: words.slowPattern(pattern) });
  }
}

function syntaxProblem(pattern: string): string | undefined {
  try {
    namePattern(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
