import { stringify } from "yaml";
import { DEFINITIONS, KEPT_SECRET, type DefinitionKind } from "../../contract/definitions.ts";
import type { DefinitionRow } from "../definitions/definition-store.ts";
import { hideFields, SECRET_FIELDS } from "../definitions/kept-secrets.ts";
import { nameOf, type Named } from "./names.ts";
import { mapReferences } from "./references.ts";
import { SECTION_NAMES, SECTIONS, type EntryKind, type FileData } from "./sections.ts";

const HEADER = `# Definitions of Gantry's console. Import them under Configuration, or with POST /api/v1/definition-file.
# What is left out has its default. Secrets are not in here: on import they stay as they are there.
`;

/** A YAML file with these definitions and user groups, sorted, with names for references and without defaults. */
export function exportDefinitions(
  rows: readonly DefinitionRow[],
  groups: readonly { readonly id: number; readonly name: string; readonly description: string }[],
): string {
  const all: Named[] = [
    ...rows,
    ...groups.map(({ id, name }) => ({ id, name, kind: "user_group" as const, environment: null })),
  ];
  const sections = SECTION_NAMES.flatMap((section) => {
    const kind: EntryKind = SECTIONS[section];
    const entries =
      kind === "user_group"
        ? groups.map(({ name, description }) => ({ name, ...(description === "" ? {} : { description }) }))
        : rows.filter((row) => row.kind === kind).map((row) => dataInFile(kind, row, all));
    return entries.length === 0 ? [] : [[section, entries] as const];
  });
  return `${HEADER}${stringify({ gantry: 1, ...Object.fromEntries(sections) }, { lineWidth: 0 })}`;
}

/** A definition's data as a file has them. */
export function dataInFile(
  kind: DefinitionKind,
  row: Pick<DefinitionRow, "data" | "environment">,
  all: readonly Named[],
): FileData {
  const shown = Object.fromEntries(
    Object.entries(hideFields(kind, row.data)).filter(([field]) => SECRET_FIELDS[kind]?.includes(field) !== true),
  );
  return mapReferences(kind, withoutDefaults(kind, shown), (target, id) => nameOf(target, id, row.environment, all));
}

/** Whether a field that is left out gets this value. */
function withoutDefaults(kind: DefinitionKind, data: FileData): FileData {
  const shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean; data?: unknown } }>> =
    DEFINITIONS[kind].shape;
  return Object.fromEntries(
    Object.entries(data).filter(([field, value]) => {
      if (value === KEPT_SECRET) return false;
      const absent = shape[field]?.safeParse(undefined);
      return absent?.success !== true || JSON.stringify(absent.data) !== JSON.stringify(value);
    }),
  );
}
