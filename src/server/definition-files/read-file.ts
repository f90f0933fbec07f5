import { isMap, isSeq, LineCounter, parseDocument, type Node } from "yaml";
import { isDjangoDump, readDump } from "./django-dump.ts";
import {
  SECTION_NAMES,
  SECTIONS,
  type FileData,
  type FileEntry,
  type FileProblem,
  type SectionName,
} from "./sections.ts";
import { fromSkstack } from "./skstack-fields.ts";

/** Version of the format, in the field `gantry`. */
const FORMAT = 1;
/** Problems that are told at once. */
const MOST_PROBLEMS = 100;

export interface ReadFile {
  readonly entries: readonly FileEntry[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads a definition file: YAML or JSON, with Gantry's sections, or what skstack's `manage.py dumpdata` has written.
 * Says everything that is wrong with its form at once; the contents are checked when it is imported.
 */
export function readDefinitionFile(text: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineOf = (node: unknown): number => {
    const offset = (node as Node | null)?.range?.[0];
    return offset === undefined ? 1 : lines.linePos(offset).line;
  };
  const problems: FileProblem[] = [];
  const problem = (path: string, line: number | null, message: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ path, line, message });
  };
  for (const error of document.errors) problem("", lines.linePos(error.pos[0]).line, error.message);
  if (problems.length > 0) return { entries: [], problems };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return {
      entries: [],
      problems: [{ path: "", line: null, message: error instanceof Error ? error.message : String(error) }],
    };
  }
  const { contents } = document;

  if (isDjangoDump(value)) {
    const counts = new Map<SectionName, number>();
    const entries = readDump(value).flatMap(({ section, data }, index) => {
      if (section === undefined) return [];
      const place = counts.get(section) ?? 0;
      counts.set(section, place + 1);
      const kind = SECTIONS[section];
      const line = isSeq(contents) ? lineOf(contents.items[index]) : 1;
      return [{ kind, data: fromSkstack(kind, data), path: `${section}[${place}]`, line }];
    });
    if (entries.length === 0) problem("", 1, "Nothing in this dump is known here.");
    return { entries: inOrder(entries), problems };
  }
  if (!isRecord(value) || !isMap(contents)) {
    problem("", 1, `Give a mapping with sections: ${SECTION_NAMES.join(", ")}.`);
    return { entries: [], problems };
  }
  const { gantry, ...sections } = value;
  if (gantry !== undefined && gantry !== FORMAT)
    problem("gantry", lineOf(contents.get("gantry", true)), `This version reads files of format ${FORMAT}.`);
  const entries: FileEntry[] = [];
  for (const [section, members] of Object.entries(sections)) {
    const node = contents.get(section, true);
    if (!isSection(section)) {
      problem(section, lineOf(node), `There is no such section. Sections: ${SECTION_NAMES.join(", ")}.`);
      continue;
    }
    if (!Array.isArray(members)) {
      problem(section, lineOf(node), "Give a list.");
      continue;
    }
    const kind = SECTIONS[section];
    for (const [index, member] of members.entries()) {
      const path = `${section}[${index}]`;
      const line = isSeq(node) ? lineOf(node.items[index]) : lineOf(node);
      if (isRecord(member)) entries.push({ kind, data: fromSkstack(kind, member), path, line });
      else problem(path, line, "Give a mapping of fields.");
    }
  }
  return { entries: inOrder(entries), problems };
}

/** By section, so that what is referred to comes first. */
function inOrder(entries: readonly FileEntry[]): FileEntry[] {
  const kinds = SECTION_NAMES.map((section) => SECTIONS[section]);
  return entries.toSorted((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
}

function isSection(name: string): name is SectionName {
  return Object.hasOwn(SECTIONS, name);
}

function isRecord(value: unknown): value is FileData {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
