import { fail, ok, type Result } from "./result.ts";

/** One word with the place (UTF-16 offset) where it starts in the text. */
export interface ShellWord {
  readonly text: string;
  readonly offset: number;
}

/** Why a text cannot be split into words; `offset` is the UTF-16 offset of the culprit in the text. */
export type ShellWordsProblem =
  | { readonly reason: "unterminated-quote"; readonly offset: number; readonly quote: "'" | '"' }
  | { readonly reason: "trailing-backslash"; readonly offset: number }
  /** `;` `|` `&` `<` `>` `(` `)` or a line break (`\n`) between words, outside quotes: it would start another command. */
  | { readonly reason: "operator"; readonly offset: number; readonly operator: string }
  /** A backtick or `$(`: a shell would run it, even inside double quotes. */
  | { readonly reason: "command-substitution"; readonly offset: number; readonly text: "`" | "$(" }
  /** `$NAME`, `${NAME}`, `$1`, `$'..'`: a shell would replace it; nobody does here. */
  | { readonly reason: "expansion"; readonly offset: number; readonly text: string }
  /** A no-break or full-width space, or a typographic quote, outside quotes: `meant` is what was likely meant. */
  | { readonly reason: "lookalike"; readonly offset: number; readonly character: string; readonly meant: string }
  | { readonly reason: "nul"; readonly offset: number };

const operators = new Set([";", "|", "&", "<", ">", "(", ")"]);

const lookalikes: ReadonlyMap<string, string> = new Map([
  ...["\u00a0", "\u2002", "\u2003", "\u2009", "\u200b", "\u202f", "\u3000", "\ufeff"].map((c) => [c, " "] as const),
  ...["\u201c", "\u201d", "\uff02"].map((c) => [c, '"'] as const),
  ...["\u2018", "\u2019", "\uff07"].map((c) => [c, "'"] as const),
]);

/**
 * Splits a text into words by the POSIX shell's quoting rules (XCU 2.2): quotes, escapes, line continuation, empty
 * words. What a shell would run or replace is refused, except patterns (`*`, `?`, `[..]`), `~`, `{a,b}` and `#`,
 * which stay as they are written: there is no shell, and no folder to look them up in.
 */
export function locateShellWords(text: string): Result<ShellWord[], ShellWordsProblem> {
  const words: ShellWord[] = [];
  let word = "";
  let start = -1;
  let separator = -1;
  let at = 0;

  const append = (piece: string): void => {
    if (start < 0) start = at;
    word += piece;
  };
  const endWord = (): void => {
    if (start >= 0) words.push({ text: word, offset: start });
    word = "";
    start = -1;
  };

  while (at < text.length) {
    const character = text.charAt(at);
    const problem = problemAt(text, at, "outside");
    if (problem !== undefined) return fail(problem);
    if (character === " " || character === "\t" || character === "\n") {
      endWord();
      if (character === "\n" && words.length > 0 && separator < 0) separator = at;
      at += 1;
      continue;
    }
    if (text.startsWith("\\\n", at)) {
      at += 2;
      continue;
    }
    // A line break is harmless before the first word and after the last one.
    if (separator >= 0) return fail({ reason: "operator", offset: separator, operator: "\n" });
    if (character === "'" || character === '"') {
      const quoted = character === "'" ? readSingleQuoted(text, at) : readDoubleQuoted(text, at);
      if (!quoted.ok) return quoted;
      append(quoted.value.text);
      at = quoted.value.end;
    } else if (character === "\\") {
      if (at + 1 >= text.length) return fail({ reason: "trailing-backslash", offset: at });
      const escaped = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
      if (escaped === "\0") return fail({ reason: "nul", offset: at + 1 });
      append(escaped);
      at += 1 + escaped.length;
    } else {
      append(character);
      at += 1;
    }
  }
  endWord();
  return ok(words);
}

/** The words of `locateShellWords` without their places. */
export function parseShellWords(text: string): Result<string[], ShellWordsProblem> {
  const words = locateShellWords(text);
  return words.ok ? ok(words.value.map((word) => word.text)) : words;
}

/** Splits a text that is known to be well-formed (our own, or checked before); throws where `parseShellWords` fails. */
export function splitShellWords(text: string): string[] {
  const words = parseShellWords(text);
  if (words.ok) return words.value;
  throw new Error(`not a plain list of shell words (${words.failure.reason} at offset ${words.failure.offset})`);
}

/** A word as a POSIX shell reads it back unchanged: plain words stay bare, all others are put in single quotes. */
export function quoteShellWord(word: string): string {
  if (word.includes("\0")) throw new Error("a shell word cannot hold a NUL character");
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

interface Quoted {
  readonly text: string;
  /** Offset behind the closing quote. */
  readonly end: number;
}

function readSingleQuoted(text: string, open: number): Result<Quoted, ShellWordsProblem> {
  const close = text.indexOf("'", open + 1);
  if (close < 0) return fail({ reason: "unterminated-quote", offset: open, quote: "'" });
  const inner = text.slice(open + 1, close);
  const nul = inner.indexOf("\0");
  if (nul >= 0) return fail({ reason: "nul", offset: open + 1 + nul });
  return ok({ text: inner, end: close + 1 });
}

function readDoubleQuoted(text: string, open: number): Result<Quoted, ShellWordsProblem> {
  let inner = "";
  for (let at = open + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return ok({ text: inner, end: at + 1 });
    const problem = problemAt(text, at, "double-quoted");
    if (problem !== undefined) return fail(problem);
    const next = text.charAt(at + 1);
    if (character === "\\" && next !== "" && '$`"\\\n'.includes(next)) {
      if (next !== "\n") inner += next;
      at += 1;
    } else {
      inner += character;
    }
  }
  return fail({ reason: "unterminated-quote", offset: open, quote: '"' });
}

/** What is wrong with the unescaped character at `at`, outside quotes or between double quotes. */
function problemAt(text: string, at: number, where: "outside" | "double-quoted"): ShellWordsProblem | undefined {
  const character = text.charAt(at);
  if (character === "\0") return { reason: "nul", offset: at };
  if (character === "`") return { reason: "command-substitution", offset: at, text: "`" };
  if (character === "$") return dollarProblem(text, at, where);
  if (where === "double-quoted") return undefined;
  if (operators.has(character)) return { reason: "operator", offset: at, operator: character };
  const meant = lookalikes.get(character);
  return meant === undefined ? undefined : { reason: "lookalike", offset: at, character, meant };
}

/** A `$` before anything else (a space, a quote's end, `/`, `%`) is a plain dollar sign to a shell too. */
function dollarProblem(text: string, at: number, where: "outside" | "double-quoted"): ShellWordsProblem | undefined {
  const rest = text.slice(at);
  if (rest.startsWith("$(")) return { reason: "command-substitution", offset: at, text: "$(" };
  const expansion = /^\$(?:\{[^}]*\}?|[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]|\[)/.exec(rest);
  if (expansion !== null) return { reason: "expansion", offset: at, text: expansion[0] };
  // `$'..'` and `$".."` mean different things to different shells.
  if (where === "outside" && /^\$['"]/.test(rest)) return { reason: "expansion", offset: at, text: rest.slice(0, 2) };
  return undefined;
}
