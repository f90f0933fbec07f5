import { TextParts } from "./placeholders.ts";

/** A shell text that is read from left to right and copied as it is read; lines that a backslash joins are copied as one. */
export class ShellSource {
  readonly text: string;
  readonly parts = new TextParts();
  /** UTF-16 offset of what is read next. */
  at: number;

  constructor(text: string, start: number) {
    this.text = text;
    this.at = start;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** The character `ahead` places further, or "" behind the end. */
  character(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  /** Passes over a backslash that joins this line with the next. */
  skipJoin(): boolean {
    if (!this.text.startsWith("\\\n", this.at)) return false;
    this.at += 2;
    return true;
  }

  /** Whether the token stands here, also with joined lines in it. */
  has(token: string): boolean {
    return this.#endOf(token) !== undefined;
  }

  take(token: string): void {
    const end = this.#endOf(token);
    if (end === undefined) throw new Error(`${token} does not stand at offset ${this.at}`);
    this.parts.addText(token);
    this.at = end;
  }

  /** Copies characters and returns them. */
  copy(length: number): string {
    const piece = this.text.slice(this.at, this.at + length);
    this.parts.addText(piece);
    this.at += piece.length;
    return piece;
  }

  /** The offset of the next `character` behind `from` that no backslash stands before; -1 where there is none. */
  unescaped(character: string, from: number): number {
    for (let at = from; at < this.text.length; at += 1) {
      if (this.text[at] === character) return at;
      if (this.text[at] === "\\") at += 1;
    }
    return -1;
  }

  /** The end of the line in which `offset` lies. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end < 0 ? this.text.length : end;
  }

  #endOf(token: string): number | undefined {
    let at = this.at;
    for (const character of token) {
      while (this.text.startsWith("\\\n", at)) at += 2;
      if (this.text.charAt(at) !== character) return undefined;
      at += 1;
    }
    return at;
  }
}
