import type { ValueProblem } from "../../../domain/form-values.ts";
import type { FieldProblem } from "../../api/problem.ts";
import { fieldMessage } from "../../components/field-problems.ts";
import type { Catalogue } from "../../locales/catalogue.ts";

/** What is wrong with a value, in words. */
export function valueProblemText({ rule, limit }: ValueProblem, pattern: string, text: Catalogue): string {
  const { rules } = text.problems;
  const words = text.order.field;
  const most = limit ?? 0;
  switch (rule) {
    case "required":
      return rules.required;
    case "too-short":
      return rules.tooShort(most);
    case "too-long":
      return rules.tooLong(most);
    case "too-few":
      return rules.tooFew(most);
    case "too-many":
      return rules.tooMany(most);
    case "pattern":
      return words.pattern(pattern);
    case "not-an-option":
      return words.notAnOption;
    case "repeated":
      return words.repeated;
    case "nul":
      return words.nul;
    case "ill-formed":
      return words.illFormed;
    case "one-line":
      return words.oneLine;
    case "unknown":
      return rules.unknown;
    default:
      return rule satisfies never;
  }
}

/** What the server says of a variable's value. */
export function serverProblemText(
  problems: readonly FieldProblem[],
  name: string,
  text: Catalogue,
): string | undefined {
  const own = problems.filter(({ field }) => field === `values.${name}` || field.startsWith(`values.${name}.`));
  return own.length === 0 ? undefined : own.map((problem) => fieldMessage(problem, text)).join(" ");
}
