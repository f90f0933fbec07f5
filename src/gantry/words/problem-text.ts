import { isWarning, type ConfigProblem } from "../../adapters/config/problems.ts";
import type { InventoryProblem } from "../../adapters/inventory/errors.ts";
import { textFrom, type InventoryProblemWords, type ProblemWords } from "./problem-words.ts";

/**
 * A problem of the configuration in one line: `file:line:column: path: what is wrong, what is allowed` as compilers
 * write it, so that editors jump there; without a place, what is wrong and what to do. Warnings say that they are.
 */
export function problemText(problem: ConfigProblem, words: ProblemWords): string {
  return lineOf(
    "line" in problem ? `${problem.file}:${problem.line}:${problem.column}:` : "",
    isWarning(problem) ? words.warning : "",
    "path" in problem && problem.path !== "" ? `${problem.path}:` : "",
    textFrom(words.config, problem.code, problem),
  );
}

/** All problems of a configuration, each on lines of its own, in the order of the file; those without a place first. */
export function problemTexts(problems: readonly ConfigProblem[], words: ProblemWords): string {
  return problems
    .toSorted(byPlace)
    .map((problem) => problemText(problem, words))
    .join("\n");
}

function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  const [lineA, columnA] = "line" in a ? [a.line, a.column] : [0, 0];
  const [lineB, columnB] = "line" in b ? [b.line, b.column] : [0, 0];
  return lineA - lineB || columnA - columnB;
}

/**
 * A problem of the inventory in one line, with its place before it if it has one. Which are warnings is the reader's to
 * say: the same fact stops one inventory and is passed over in another.
 */
export function inventoryProblemText(
  problem: InventoryProblem,
  words: InventoryProblemWords,
  severity: "error" | "warning" = "error",
): string {
  return lineOf(
    placeOf(problem),
    severity === "warning" ? words.warning : "",
    textFrom(words.inventory, problem.reason, problem),
  );
}

/** INI files have lines, YAML and JSON files columns too. */
function placeOf(problem: InventoryProblem): string {
  if (!("line" in problem)) return "";
  const column = "column" in problem && problem.column !== undefined ? `${problem.column}:` : "";
  return `${problem.file}:${problem.line}:${column}`;
}

function lineOf(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map(printable)
    .join(" ");
}

/** Characters that a terminal obeys or does not show become `<U+001B>`: a file may hold anything. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}
