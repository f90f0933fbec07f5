import { scriptTakenBy } from "./evaluating-programs.ts";
import { placeholderNames, readPlaceholders, type TextPart } from "./placeholders.ts";
import { fail, ok, type Result } from "./result.ts";
import { readShellLine } from "./shell-line.ts";
import { locateShellWords, type ShellWord } from "./shell-words.ts";
import type { LocatedTaskProblem, TaskLineProblem } from "./task-problems.ts";
import { placeAt, type TextPlace } from "./text-place.ts";

/** One command of a task, parsed once; values are put in without parsing anything again. */
export interface TaskLine extends TextPlace {
  /** The line is given to `sh -c`; it then has one word, the whole of it. */
  readonly shell: boolean;
  readonly words: readonly TaskWord[];
}

/** One argument, with places for values. */
export type TaskWord = readonly TaskWordPart[];

export type TaskWordPart =
  | { readonly kind: "text"; readonly text: string }
  | ({ readonly kind: "placeholder"; readonly name: string } & TextPlace);

const SHELL_PREFIX = "shell:";

/** Builtins and words of the shell's grammar that are no programs, or do nothing useful in a process of their own. */
const shellOnly: ReadonlySet<string> = new Set(
  (
    "cd pushd popd export source . alias unalias set unset shift eval exec trap ulimit umask read wait local declare " +
    "typeset let return if then else elif fi for while until do done case esac select function { } ! (( [["
  ).split(" "),
);

/**
 * Parses a task: one command line a line. Blank lines and lines that begin with `#` are passed over, a backslash at a
 * line's end joins it with the next. A line is split into words by the shell's quoting rules and runs without a shell;
 * one that begins with `shell:` is given to `sh -c`. `{name}` stands for a value (see `bracesAt`).
 * Returns the lines, or every problem with its place.
 */
export function parseTask(source: string): Result<readonly TaskLine[], readonly TaskLineProblem[]> {
  const text = source.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const lines: TaskLine[] = [];
  const problems: LocatedTaskProblem[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at + (/^[ \t]*/.exec(text.slice(at))?.[0].length ?? 0);
    const first = text.charAt(start);
    if (first === "" || first === "\n") {
      at = start + 1;
    } else if (first === "#") {
      at = lineEnd(text, start) + 1;
    } else {
      const read = text.startsWith(SHELL_PREFIX, start) ? shellLine(text, start) : plainLine(text, start);
      if (read.words.length > 0) {
        lines.push({
          ...placeAt(text, start),
          shell: read.shell,
          words: read.words.map((parts) => placed(text, parts)),
        });
      }
      problems.push(...read.problems);
      at = read.end + 1;
    }
  }
  if (problems.length === 0) return ok(lines);
  const sorted = problems.toSorted((a, b) => a.offset - b.offset);
  return fail(sorted.map(({ offset, ...problem }) => ({ ...placeAt(text, offset), ...problem })));
}

/** The names of all placeholders in a task's lines, each once. */
export function namesInTask(lines: readonly TaskLine[]): readonly string[] {
  return placeholderNames(lines.flatMap(({ words }) => words.flat()));
}

interface ReadLine {
  readonly shell: boolean;
  readonly words: readonly (readonly TextPart[])[];
  readonly problems: readonly LocatedTaskProblem[];
  /** Offset of the line break behind it, or of the text's end. */
  readonly end: number;
}

function shellLine(text: string, start: number): ReadLine {
  const body = start + SHELL_PREFIX.length + (/^[ \t]*/.exec(text.slice(start + SHELL_PREFIX.length))?.[0].length ?? 0);
  const { parts, end, problems } = readShellLine(text, body);
  const nul = text.slice(body, end).indexOf("\0");
  const isEmpty = problems.length === 0 && parts.every((part) => part.kind === "text" && part.text.trim() === "");
  const more: LocatedTaskProblem[] = [];
  if (nul >= 0) more.push({ reason: "nul", offset: body + nul });
  if (isEmpty) more.push({ reason: "empty-command", offset: start });
  return { shell: true, words: [parts], problems: [...problems, ...more], end };
}

function plainLine(text: string, start: number): ReadLine {
  const end = endOfPlainLine(text, start);
  const line = text.slice(start, end);
  const prefix = /^shell[ \t]*[:：]/i.exec(line)?.[0];
  if (prefix !== undefined) {
    return { shell: false, words: [], problems: [{ reason: "shell-prefix", offset: start, seen: prefix }], end };
  }
  const located = locateShellWords(line);
  if (!located.ok) {
    const problem = located.failure;
    return { shell: false, words: [], problems: [{ reason: "words", offset: start + problem.offset, problem }], end };
  }
  const problems = wordProblems(located.value, line);
  const words: (readonly TextPart[])[] = [];
  const before: string[] = [];
  for (const { text: word, offset } of located.value) {
    const { parts, problems: braces } = readPlaceholders(word);
    problems.push(...braces.map((problem) => ({ ...problem, offset })));
    const inSource = locatePlaceholders(parts, line, offset);
    const script = scriptTakenBy(before);
    for (const part of inSource) {
      if (script === undefined || part.kind !== "placeholder") continue;
      problems.push({ reason: "evaluated-placeholder", offset: part.offset, name: part.name, by: script });
    }
    words.push(inSource.map((part) => (part.kind === "text" ? part : { ...part, offset: start + part.offset })));
    before.push(word);
  }
  return { shell: false, words, problems: problems.map((each) => ({ ...each, offset: start + each.offset })), end };
}

/** What speaks against the words of a line that runs without a shell; offsets count within the line. */
function wordProblems(words: readonly ShellWord[], line: string): LocatedTaskProblem[] {
  const problems: LocatedTaskProblem[] = [];
  const [command] = words;
  if (command !== undefined) {
    const { text, offset } = command;
    const isQuoted = /['"\\]/.test(line.charAt(offset));
    if (text === "") problems.push({ reason: "empty-command", offset });
    else if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(text)) problems.push({ reason: "assignment", offset, text });
    else if (shellOnly.has(text) && !isQuoted) problems.push({ reason: "shell-only", offset, word: text });
  }
  const comment = words.find(({ offset }) => line.charAt(offset) === "#");
  if (comment !== undefined) problems.push({ reason: "comment", offset: comment.offset });
  return problems;
}

/** Gives placeholders their offsets in the line instead of those in a word whose quotes are gone. */
function locatePlaceholders(parts: readonly TextPart[], line: string, wordOffset: number): readonly TextPart[] {
  let from = wordOffset;
  return parts.map((part) => {
    if (part.kind === "text") return part;
    const offset = line.indexOf(`{${part.name}}`, from);
    if (offset < 0) return { ...part, offset: wordOffset };
    from = offset + 1;
    return { ...part, offset };
  });
}

/** A line without a shell ends at the first line break that no backslash stands before; a quote does not hold it up. */
function endOfPlainLine(text: string, start: number): number {
  let quote = "";
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\n") return at;
    if (character === "\\" && quote !== "'") at += 1;
    else if (character === quote) quote = "";
    else if (quote === "" && (character === "'" || character === '"')) quote = character;
  }
  return text.length;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}

function placed(text: string, parts: readonly TextPart[]): TaskWord {
  return parts.map((part) =>
    part.kind === "text" ? part : { kind: "placeholder", name: part.name, ...placeAt(text, part.offset) },
  );
}
