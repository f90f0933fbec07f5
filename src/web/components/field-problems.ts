import { ApiProblem, type FieldProblem } from "../api/problem.ts";
import type { Catalogue } from "../locales/catalogue.ts";
import { useText } from "../locales/language.tsx";

/** What is wrong with a field, in the language of the page where its rule is known, else as the server says it. */
export function fieldMessage(problem: FieldProblem, text: Catalogue): string {
  const { rule, limit, message } = problem;
  const { rules } = text.problems;
  const ofField: Readonly<Record<string, string>> = text.problems.fieldRules;
  const known = ofField[`${pathOf(problem)} ${rule}`];
  if (known !== undefined) return known;
  const most = Number(limit);
  switch (Number.isNaN(most) && rule.startsWith("too-") ? "" : rule) {
    case "required":
      return rules.required;
    case "too-short":
      return rules.tooShort(most);
    case "too-long":
      return rules.tooLong(most);
    case "too-small":
      return rules.tooSmall(most);
    case "too-large":
      return rules.tooLarge(most);
    case "name-form":
      return rules.nameForm;
    case "taken":
      return rules.taken;
    case "unknown":
      return rules.unknown;
    default:
      return message;
  }
}

/** The field, whether it came as `data.name` or as `name`. */
function pathOf({ field }: FieldProblem): string {
  return field.replace(/^(body\.)?(data\.)?/u, "");
}

export interface FieldProblems {
  /** What is wrong with this field, or with something inside it; undefined: nothing. */
  readonly at: (field: string) => string | undefined;
  /** Fields that are wrong and are none of those given: to be said elsewhere. */
  readonly besides: (fields: readonly string[]) => readonly FieldProblem[];
}

/** The problems of single fields that an answer tells of. Fields of definitions come as `data.name` or as `name`. */
export function useFieldProblems(error: Error | null): FieldProblems {
  const text = useText();
  const all = error instanceof ApiProblem ? error.fields : [];
  const within = (problem: FieldProblem, field: string): boolean =>
    pathOf(problem) === field || pathOf(problem).startsWith(`${field}.`);
  return {
    at: (field) => {
      const messages = all.filter((problem) => within(problem, field)).map((problem) => fieldMessage(problem, text));
      return messages.length === 0 ? undefined : [...new Set(messages)].join(" ");
    },
    besides: (fields) => all.filter((problem) => !fields.some((field) => within(problem, field))),
  };
}
