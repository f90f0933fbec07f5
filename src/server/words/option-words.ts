import type { OptionListProblem } from "../../domain/option-list.ts";
import type { Language } from "./task-words.ts";

/** Why a variable's values could not be read from what its script has printed. */
export function optionProblemText(
  problem: OptionListProblem | { readonly reason: "exit-code"; readonly exitCode: number },
  language: Language,
): string {
  return language === "zh" ? `${problem.reason}` : `${problem.reason}`;
}
