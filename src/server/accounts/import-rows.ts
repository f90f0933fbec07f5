import { CsvError, parse } from "csv-parse/sync";
import { IMPORT_COLUMNS } from "../../contract/people.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { FieldProblem } from "../api/problem-error.ts";

export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** A line of the file, as text; `fields` has the columns of the header, each trimmed. */
export interface ImportLine {
  readonly line: number;
  readonly fields: Readonly<Partial<Record<ImportColumn, string>>>;
  /** It has more or fewer fields than the header. */
  readonly ragged: boolean;
}

export interface ImportFile {
  readonly columns: readonly ImportColumn[];
  readonly lines: readonly ImportLine[];
}

const MOST_ROWS = 2000;

/** Reads the file: RFC 4180, with or without a byte order mark, separated by what its header is separated by. */
export function readImport(csv: string): Result<ImportFile, FieldProblem> {
  const parsed = recordsOf(csv);
  if (!parsed.ok) return parsed;
  const [header, ...records] = parsed.value;
  if (header === undefined) return fail(problem("empty", "The file is empty. Its first line names the columns."));
  const columns: ImportColumn[] = [];
  for (const text of header.fields) {
    const column = IMPORT_COLUMNS.find((each) => each.toLowerCase() === text.toLowerCase());
    if (column === undefined)
      return fail(problem("unknown-column", `There is no column "${text}": use ${IMPORT_COLUMNS.join(", ")}.`));
    if (columns.includes(column)) return fail(problem("double-column", `The column "${text}" is there twice.`));
    columns.push(column);
  }
  if (!columns.includes("name")) return fail(problem("no-name-column", 'The first line has no column "name".'));
  if (records.length > MOST_ROWS)
    return fail(
      problem("too-many-rows", `The file has ${records.length} rows; at most ${MOST_ROWS} at once.`, MOST_ROWS),
    );
  const lines = records.map(({ line, fields }) => ({
    line,
    fields: Object.fromEntries(columns.map((column, index) => [column, fields[index] ?? ""])),
    ragged: fields.length !== columns.length,
  }));
  return ok({ columns, lines });
}

interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

function recordsOf(csv: string): Result<CsvRecord[], FieldProblem> {
  try {
    const parsed: unknown = parse(csv, {
      bom: true,
      delimiter: delimiterOf(csv),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return ok(
      (parsed as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
        // It is counted where the record ends.
        line: info.lines - record.join("").split(/\r\n|\r|\n/).length + 1,
        fields: record.map((field) => field.trim()),
      })),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fail(problem("csv-form", `This is not CSV: ${error.message}`));
  }
}

/** Spreadsheets write what their language separates by. */
function delimiterOf(csv: string): string {
  const [header = ""] = csv.trimStart().split(/[\r\n]/, 1);
  return [",", ";", "\t"].find((each) => header.includes(each)) ?? ",";
}

function problem(rule: string, message: string, limit?: number): FieldProblem {
  return { field: "csv", rule, message, ...(limit === undefined ? {} : { limit }) };
}
