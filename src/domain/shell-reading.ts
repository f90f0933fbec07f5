import { CommandWords } from "./command-words.ts";
import { bracesAt } from "./placeholders.ts";
import { ShellFindings } from "./shell-findings.ts";
import { ShellNesting, type Open } from "./shell-nesting.ts";
import { ShellSource } from "./shell-source.ts";
import type { Quotes } from "./task-problems.ts";

/** A shell line that is being read: its text, what stands around the place, its command's words, what was found wrong. */
export class ShellReading {
  readonly source: ShellSource;
  readonly words = new CommandWords();
  readonly nesting = new ShellNesting();
  readonly findings = new ShellFindings();
  /** The `&&`, `||` or `|` at whose other side nothing stands yet. */
  link: { readonly opener: string; readonly offset: number } | undefined;

  constructor(text: string, start: number) {
    this.source = new ShellSource(text, start);
  }

  /** A quoted piece up to its closing character; a negative offset says that there is none. */
  quotedTo(opener: string, close: number, within: Quotes): void {
    if (close < 0) {
      return this.findings.unterminated({ reason: "unterminated", offset: this.source.at, opener });
    }
    this.touch("", true);
    this.source.copy(opener.length);
    this.verbatim(close, within);
    this.source.copy(1);
  }

  /** Copies up to `end`; braces are looked at, since `{{name}}` means `{name}` everywhere. */
  verbatim(end: number, within: Quotes): void {
    const { text } = this.source;
    while (this.source.at < end) {
      const open = text.indexOf("{", this.source.at);
      const piece = this.source.copy((open < 0 || open >= end ? end : open) - this.source.at);
      if (isWord(within)) this.words.add(piece, true);
      if (this.source.at < end && this.source.character(-1) === "$") {
        while (this.source.character() === "{") this.source.copy(1);
      } else if (this.source.at < end) this.braces(within);
    }
  }

  /** A backslash and what it quotes. */
  escaped(): void {
    const { text, at } = this.source;
    const next = text.codePointAt(at + 1);
    if (next === undefined) this.findings.add({ reason: "trailing-backslash", offset: at });
    this.source.copy(1);
    this.touch(next === undefined ? "" : this.source.copy(String.fromCodePoint(next).length), true);
  }

  /** Braces, with or without a placeholder in them. */
  braces(within?: Quotes): void {
    const offset = this.source.at;
    const quotes = within ?? (this.nesting.has("double") ? "double-quotes" : undefined);
    const { length, parts, problem } = bracesAt(this.source.text, offset);
    if (problem !== undefined) this.findings.add(problem);
    for (const part of parts) {
      if (part.kind === "placeholder") {
        const by = this.nesting.evaluator ?? this.words.evaluator;
        this.findings.placeholder({ name: part.name, offset, within: quotes, by });
      }
      this.source.parts.add(part);
      if (isWord(within)) this.touch(part.kind === "text" ? part.text : `{${part.name}}`);
    }
    this.source.at = offset + length;
  }

  /** A character that means itself. */
  plain(): void {
    this.touch(this.source.copy(1));
  }

  /** Something stands here: a word goes on, and behind an operator. */
  touch(text: string, quoted = false): void {
    this.words.add(text, quoted);
    this.link = undefined;
  }

  /** A blank, line break or operator follows. */
  endWord(): void {
    // The parentheses of its patterns are not matched.
    if (this.words.end() === "case" && this.nesting.has("substitution")) this.isAmbiguous("case in $(");
  }

  /** Shells differ in what they make of this. */
  isAmbiguous(construct: string): void {
    this.findings.ambiguous(construct, this.source.at);
  }

  /** Something opens that is to be closed. */
  push(kind: Open["kind"], opener: string): void {
    this.nesting.open({ kind, opener, offset: this.source.at });
    this.source.take(opener);
    this.link = undefined;
    if (kind === "substitution") this.words.nest();
    else if (kind !== "subshell") this.touch(kind === "double" ? "" : opener, kind === "double");
  }

  /** The innermost thing closes, by a single character. */
  pop(closer: string): void {
    this.nesting.close();
    this.source.copy(1);
    this.touch(closer === '"' ? "" : closer);
  }
}

/** Whether what stands there belongs to a word of the command. */
function isWord(within: Quotes | undefined): boolean {
  return within !== "here-document" && within !== "here-document-delimiter";
}
