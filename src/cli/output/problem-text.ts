import { isWarning, type ConfigProblem } from "../../adapters/config/problems.ts";
import { textFrom, type ProblemWords } from "../locales/problem-words.ts";

/**
 * A problem of the configuration in one line: `file:line:column: path: what is wrong, what is allowed` as compilers
 * write it, so that editors jump there; without a place, what is wrong and what to do. Warnings say that they are.
 */
export function problemText(problem: ConfigProblem, words: ProblemWords): string {
  const parts = [
    "line" in problem ? `${problem.file}:${problem.line}:${problem.column}:` : "",
    isWarning(problem) ? words.warning : "",
    "path" in problem && problem.path !== "" ? `${problem.path}:` : "",
    textFrom(words.config, problem.code, problem),
  ];
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
