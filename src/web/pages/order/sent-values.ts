import type { FormField, FormValues } from "../../../contract/requests.ts";
import { isTyped } from "./fitting-values.ts";

/** The fields of a form that edits a request: a secret that is left empty stays as it is, which `hint` says. */
export function fieldsForEdit(fields: readonly FormField[], hint: string): FormField[] {
  return fields.map((field) =>
    field.secret ? { ...field, required: false, min: null, description: `${field.description} ${hint}`.trim() } : field,
  );
}

/** What is sent: an empty text is no value; of an edit, an empty secret is left out. */
export function sentValues(fields: readonly FormField[], values: FormValues, editing: boolean): FormValues {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const given = values[field.name] ?? [];
      const empty = isTyped(field) && given.every((value) => value.trim() === "");
      if (empty && editing && field.secret) return [];
      return [[field.name, empty ? [] : given]];
    }),
  );
}
