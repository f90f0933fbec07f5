import { LONGEST_MATCHED_TEXT, parsePattern } from "./pattern.ts";

/** What is asked for by one input of a form. */
export interface FormInput {
  readonly name: string;
  readonly formType: "select" | "radio" | "multiselect" | "checkboxes" | "text" | "textarea";
  /** `options`: chosen among values; `input`: typed. */
  readonly values: "options" | "input";
  readonly required: boolean;
  /** Regular expression that a whole typed value must match; empty: anything. */
  readonly pattern: string;
  /** Of text: the fewest and most characters; of several choices: the fewest and most values. */
  readonly min: number | null;
  readonly max: number | null;
}

/** What is wrong with a value; the same words stand in the API's answers. */
type ValueRule =
  | "required"
  /** Also: the text is longer than patterns are held against, or the pattern itself cannot be used. */
  | "pattern"
  | "too-short"
  | "too-long"
  | "too-few"
  | "too-many"
  | "not-an-option"
  /** One value chosen twice. */
  | "repeated"
  | "nul"
  /** Half of a surrogate pair: no Unicode text. */
  | "ill-formed"
  /** No input has this name. */
  | "unknown"
  | "one-line";

export interface ValueProblem {
  /** The variable's name. */
  readonly field: string;
  readonly rule: ValueRule;
  /** Of `too-short` and `too-long` in characters, of `too-few` and `too-many` in values. */
  readonly limit?: number;
}

/** Characters of a typed text. */
const LONGEST_TEXT = 100_000;

/** The values given for a variable; none where there are none, whatever every object has under its name. */
export function valuesGiven(values: Readonly<Record<string, readonly string[]>>, name: string): readonly string[] {
  return Object.hasOwn(values, name) ? (values[name] ?? []) : [];
}

/**
 * Checks the values of a form, by the rules that the server decides by and the page shows. `options` are the values
 * that may be chosen now, by the variable's name; a choice whose options are not given is not looked up. Returns every
 * problem, at most one of a rule for each input.
 */
export function checkValues(
  inputs: readonly FormInput[],
  values: Readonly<Record<string, readonly string[]>>,
  options: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly ValueProblem[] {
  const names = new Set(inputs.map(({ name }) => name));
  const unknown = Object.keys(values).filter((name) => !names.has(name));
  return [
    ...inputs.flatMap((input) => {
      return inputProblems(input, valuesGiven(values, input.name), options.get(input.name));
    }),
    ...unknown.map((field) => ({ field, rule: "unknown" }) as const),
  ];
}

function inputProblems(
  input: FormInput,
  given: readonly string[],
  options: readonly string[] | undefined,
): readonly ValueProblem[] {
  const field = input.name;
  const unfit: ValueProblem[] = [];
  if (given.some((value) => value.includes("\0"))) unfit.push({ field, rule: "nul" });
  if (given.some((value) => !value.isWellFormed())) unfit.push({ field, rule: "ill-formed" });
  const isText = input.formType === "text" || input.formType === "textarea";
  const chosen = isText ? textGiven(given) : choicesGiven(given, options);
  if (chosen.length === 0) return input.required ? [...unfit, { field, rule: "required" }] : unfit;
  const rules = isText ? textProblems(input, chosen) : choiceProblems(input, chosen, options);
  return [...unfit, ...rules];
}

/** Blanks alone are no text. */
function textGiven(given: readonly string[]): readonly string[] {
  return given.every((value) => value.trim() === "") ? [] : given;
}

/** An empty choice is none, unless the options have it. */
function choicesGiven(given: readonly string[], options: readonly string[] | undefined): readonly string[] {
  return options?.includes("") ? given : given.filter((value) => value !== "");
}

function textProblems(input: FormInput, values: readonly string[]): readonly ValueProblem[] {
  const { name: field, min, max } = input;
  if (values.length > 1) return [{ field, rule: "too-many", limit: 1 }];
  const [text = ""] = values;
  const problems: ValueProblem[] = [];
  const length = characters(text);
  const longest = Math.min(max ?? LONGEST_TEXT, LONGEST_TEXT);
  if (length < (min ?? 0)) problems.push({ field, rule: "too-short", limit: min ?? 0 });
  if (length > longest) problems.push({ field, rule: "too-long", limit: longest });
  if (input.formType === "text" && /[\n\r]/.test(text)) problems.push({ field, rule: "one-line" });
  if (!matches(input.pattern, [text])) problems.push({ field, rule: "pattern" });
  return problems;
}

function choiceProblems(
  input: FormInput,
  chosen: readonly string[],
  options: readonly string[] | undefined,
): readonly ValueProblem[] {
  const { name: field, formType } = input;
  const several = formType === "multiselect" || formType === "checkboxes";
  const most = several ? input.max : 1;
  const fewest = several ? (input.min ?? 0) : 0;
  const distinct = new Set(chosen);
  const problems: ValueProblem[] = [];
  if (distinct.size < fewest) problems.push({ field, rule: "too-few", limit: fewest });
  if (most !== null && chosen.length > most) problems.push({ field, rule: "too-many", limit: most });
  if (several && distinct.size < chosen.length) problems.push({ field, rule: "repeated" });
  const allowed = options === undefined ? undefined : new Set(options);
  if (allowed !== undefined && chosen.some((value) => !allowed.has(value))) {
    problems.push({ field, rule: "not-an-option" });
  }
  if (input.values === "input" && !matches(input.pattern, chosen)) problems.push({ field, rule: "pattern" });
  return problems;
}

function matches(pattern: string, texts: readonly string[]): boolean {
  if (pattern === "") return true;
  const matcher = parsePattern(pattern);
  return matcher.ok && texts.every((text) => text.length <= 2 * LONGEST_MATCHED_TEXT && matcher.value(text));
}

/** Unicode characters; no array is made of a text that may be long. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
