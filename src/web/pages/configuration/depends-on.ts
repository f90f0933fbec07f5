import type { ValueSource } from "../../../contract/definitions.ts";
import { readPlaceholders } from "../../../domain/placeholders.ts";

/** The names in braces of a text, each once. */
function placeholdersOf(text: string): readonly string[] {
  const names = readPlaceholders(text).parts.flatMap((part) => (part.kind === "placeholder" ? [part.name] : []));
  return [...new Set(names)];
}

/** The variables whose values a source needs; those of the system (`sk__...`) are always there. */
export function dependsOn(source: ValueSource): readonly string[] {
  const text = source.kind === "script" ? source.command : "project" in source ? source.project : "";
  return placeholdersOf(text).filter((name) => !name.startsWith("sk__"));
}
