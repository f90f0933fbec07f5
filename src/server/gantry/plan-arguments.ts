import { gantryLine } from "../../domain/gantry-line.ts";
import type { PlanPreview } from "../../contract/requests.ts";
import type { Language } from "../../gantry/words/language.ts";

/**
 * The arguments by which Gantry plans a command line instead of carrying it out; undefined for a command that is none
 * of its modes. How it is to be shown is not the line's to say here.
 */
export function planArguments(argv: readonly string[], language: Language): readonly string[] | undefined {
  const [, mode, ...rest] = gantryLine(argv)?.argv ?? [];
  if (mode === undefined) return undefined;
  return ["plan", mode, "--output", "json", "--lang", language, ...withoutLook(rest)];
}

/** Without `--output`, `--lang` and their values, and `--quiet`. */
function withoutLook(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  const kept = options.filter((word, at) => {
    if (/^--(?:output|lang)(?:=|$)|^--quiet$/.test(word)) return false;
    return !["--output", "--lang"].includes(options[at - 1] ?? "");
  });
  return end < 0 ? kept : [...kept, ...words.slice(end)];
}

/** What can be shown of a command line of which nothing else is known than why. */
export function unplanned(argv: readonly string[], problem: string): PlanPreview {
  const line = gantryLine(argv);
  return {
    mode: line?.mode ?? "",
    project: line?.project ?? "",
    environment: line?.environment ?? "",
    image: null,
    batches: [],
    steps: [],
    hosts: [],
    problem,
  };
}
