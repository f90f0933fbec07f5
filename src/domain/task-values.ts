import { nearNames } from "./near-names.ts";
import { fail, ok, type Result } from "./result.ts";
import { quoteShellWord } from "./shell-words.ts";
import type { TaskLine, TaskWord, TaskWordPart } from "./task-line.ts";
import type { TaskLineProblem, TaskProblem } from "./task-problems.ts";
import type { TextPlace } from "./text-place.ts";

/** A command as it runs. */
export interface ResolvedLine {
  /** Where it stands in the task, from 1. */
  readonly line: number;
  readonly shell: boolean;
  /** The arguments, the program first; of a shell line one, what `sh -c` gets. */
  readonly argv: readonly string[];
}

/** The values of each variable by its name. A text has one; several are joined by commas; none are an empty text. */
export type TaskValues = ReadonlyMap<string, readonly string[]>;

/** Bytes of one argument with its closing NUL: Linux's MAX_ARG_STRLEN, 32 pages. */
const MOST_ARGUMENT_BYTES = 131_072;
/** Bytes of all arguments of a line with their NULs; Linux allows a quarter of the stack's limit, mostly 2 MiB. */
const MOST_LINE_BYTES = 1_048_576;

/** The environment variable that holds a secret while a task runs. */
export function secretVariable(name: string): string {
  return `GANTRY_SECRET_${name}`;
}

/**
 * Puts values in the places of placeholders. A value is only ever a part of the argument that its placeholder stands
 * in, and is not looked at again: braces in it are text. In shell lines it is quoted. Returns the commands, or every
 * problem: unknown names, secrets, values that no argument can hold, arguments and lines that are too long.
 */
export function resolveTask(
  lines: readonly TaskLine[],
  values: TaskValues,
  secrets: ReadonlySet<string> = new Set(),
): Result<readonly ResolvedLine[], readonly TaskLineProblem[]> {
  const problems = lines.flatMap((line) => [
    ...placeholderProblems(line, new Set(values.keys()), secrets),
    ...valueProblems(line, values),
  ]);
  if (problems.length > 0) return fail(problems.toSorted((a, b) => a.line - b.line || a.column - b.column));
  const pieces = { plain: new Pieces(values, false), shell: new Pieces(values, true) };
  const piecesOf = (line: TaskLine): Pieces => (line.shell ? pieces.shell : pieces.plain);
  const sizes = lines.flatMap((line) => sizeProblems(line, piecesOf(line)));
  if (sizes.length > 0) return fail(sizes);
  return ok(
    lines.map((line) => ({
      line: line.line,
      shell: line.shell,
      argv: line.words.map((word) => word.map((part) => piecesOf(line).of(part).text).join("")),
    })),
  );
}

/** The placeholders of a line that stand for nothing known, or for a secret. */
export function placeholderProblems(
  { words }: TaskLine,
  known: ReadonlySet<string>,
  secrets: ReadonlySet<string>,
): readonly TaskLineProblem[] {
  return words.flat().flatMap((part): TaskLineProblem[] => {
    if (part.kind === "text") return [];
    const { name, line, column } = part;
    if (secrets.has(name)) return [{ reason: "secret", line, column, name, variable: secretVariable(name) }];
    if (known.has(name)) return [];
    return [{ reason: "unknown-variable", line, column, name, near: nearNames(name, known) }];
  });
}

function valueProblems({ words }: TaskLine, values: TaskValues): readonly TaskLineProblem[] {
  return words.flat().flatMap((part): TaskLineProblem[] => {
    if (part.kind === "text") return [];
    const { name, line, column } = part;
    const value = joined(values, name);
    if (value.includes("\0")) return [{ reason: "nul", line, column, name }];
    return value.isWellFormed() ? [] : [{ reason: "ill-formed", line, column, name }];
  });
}

function sizeProblems(line: TaskLine, pieces: Pieces): readonly TaskLineProblem[] {
  const problem = (word: TaskWord, facts: TaskProblem): TaskLineProblem => {
    const largest = pieces.largest(word);
    const { line: row, column }: TextPlace = largest ?? line;
    return { ...facts, line: row, column, ...(largest === undefined ? {} : { name: largest.name }) };
  };
  const sizes = line.words.map((word) => word.reduce((sum, part) => sum + pieces.of(part).bytes, 1));
  const problems = line.words.flatMap((word, index) => {
    const bytes = sizes[index] ?? 0;
    if (bytes <= MOST_ARGUMENT_BYTES) return [];
    return [problem(word, { reason: "argument-too-long", bytes, limit: MOST_ARGUMENT_BYTES })];
  });
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (problems.length === 0 && bytes > MOST_LINE_BYTES) {
    problems.push(problem(line.words.flat(), { reason: "line-too-long", bytes, limit: MOST_LINE_BYTES }));
  }
  if (!line.shell && sizes[0] === 1) problems.push(problem(line.words[0] ?? [], { reason: "empty-command" }));
  return problems;
}

interface Piece {
  readonly text: string;
  readonly bytes: number;
}

/** What stands in a line for each part of it; values are joined, quoted and measured once. */
class Pieces {
  readonly #values: TaskValues;
  readonly #shell: boolean;
  readonly #known = new Map<string, Piece>();

  constructor(values: TaskValues, shell: boolean) {
    this.#values = values;
    this.#shell = shell;
  }

  of(part: TaskWordPart): Piece {
    if (part.kind === "text") return measured(part.text);
    const known = this.#known.get(part.name);
    if (known !== undefined) return known;
    const value = joined(this.#values, part.name);
    const piece = measured(this.#shell ? quoteAlways(value) : value);
    this.#known.set(part.name, piece);
    return piece;
  }

  /** The placeholder that takes most of a word. */
  largest(word: TaskWord): Extract<TaskWordPart, { kind: "placeholder" }> | undefined {
    const placeholders = word.flatMap((part) => (part.kind === "placeholder" ? [part] : []));
    return placeholders.toSorted((a, b) => this.of(b).bytes - this.of(a).bytes)[0];
  }
}

function measured(text: string): Piece {
  return { text, bytes: new TextEncoder().encode(text).length };
}

function joined(values: TaskValues, name: string): string {
  return (values.get(name) ?? []).join(",");
}

/** Plain words are quoted too: bare, `2` before `>` would name a file descriptor, and `A=1` or `if` be no argument. */
function quoteAlways(value: string): string {
  const quoted = quoteShellWord(value);
  return quoted.startsWith("'") ? quoted : `'${quoted}'`;
}
