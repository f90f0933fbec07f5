import type { FormField } from "../../../contract/requests.ts";

/** Whether a variable's value is typed, even where values are offered for it. */
export function isTyped({ formType }: Pick<FormField, "formType">): boolean {
  return formType === "text" || formType === "textarea";
}

/** Whether several values may be chosen. */
export function isSeveral({ formType }: Pick<FormField, "formType">): boolean {
  return formType === "multiselect" || formType === "checkboxes";
}

/**
 * What a variable's values become when it is known what may be chosen: what fits stays; where nothing is left, or
 * nobody has chosen yet, the default, or the only value there is, if one is needed.
 */
export function fittingValues(
  field: FormField,
  before: readonly string[],
  options: readonly string[],
  chosen: boolean,
): { readonly values: readonly string[]; readonly dropped: readonly string[] } {
  if (isTyped(field)) return { values: typedValues(field, before, options, chosen), dropped: [] };
  const offered = new Set(options);
  const kept = before.filter((value) => offered.has(value));
  const dropped = before.filter((value) => !offered.has(value) && value !== "");
  if (kept.length > 0 || (chosen && before.length === 0)) return { values: most(field, kept), dropped };
  const defaults = field.default.filter((value) => offered.has(value));
  if (defaults.length > 0) return { values: most(field, defaults), dropped };
  return { values: field.required && options.length === 1 ? options : [], dropped };
}

function most(field: FormField, values: readonly string[]): readonly string[] {
  return isSeveral(field) ? values : values.slice(0, 1);
}

/** A text that nobody has typed yet begins with what is offered for it. */
function typedValues(
  field: FormField,
  before: readonly string[],
  options: readonly string[],
  chosen: boolean,
): readonly string[] {
  if (chosen || before.length > 0) return before;
  if (field.default.length > 0) return field.default.slice(0, 1);
  if (options.length === 0) return [];
  return [field.formType === "textarea" ? options.join("\n") : (options[0] ?? "")];
}
