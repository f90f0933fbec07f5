import type { FormType, Variable } from "../../../contract/definitions.ts";

const TYPED: readonly FormType[] = ["text", "textarea"];
const CHOSEN: readonly FormType[] = ["select", "radio", "multiselect", "checkboxes"];

/** The forms that a source of values allows: what is typed is a text, all else is chosen. */
export function formTypesFor(source: Variable["source"]["kind"]): readonly FormType[] {
  return source === "input" ? TYPED : CHOSEN;
}
