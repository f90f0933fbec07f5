import type { FormField, FormValues } from "../../../contract/requests.ts";

/** The values that a link holds as JSON; what is none of a form's values is left out, nonsense gives none. */
export function linkValues(text: unknown): FormValues | undefined {
  if (typeof text !== "string" || text === "") return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
    const entries = Object.entries(parsed).filter(
      (entry): entry is [string, string[]] =>
        Array.isArray(entry[1]) && entry[1].every((value: unknown) => typeof value === "string"),
    );
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

/** The values as a link may hold them: without secrets, and without what is empty. */
export function valuesForLink(fields: readonly FormField[], values: FormValues): string {
  const open = fields
    .filter(({ secret, name }) => !secret && (values[name] ?? []).length > 0)
    .map(({ name }) => [name, values[name]]);
  return JSON.stringify(Object.fromEntries(open));
}

/** Values without those of secret variables, which are kept nowhere. */
export function withoutSecrets(fields: readonly FormField[], values: FormValues): FormValues {
  const secret = new Set(fields.filter((field) => field.secret).map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => !secret.has(name)));
}
