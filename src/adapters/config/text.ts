import type { Place } from "./problems.ts";

/** The text of one configuration file, and where in it an offset is. */
export class ConfigText {
  readonly file: string;
  /** Without a byte order mark, which editors do not count as a character either. */
  readonly text: string;
  readonly #lineStarts: readonly number[];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text.startsWith("\ufeff") ? text.slice(1) : text;
    this.#lineStarts = [0, ...Array.from(this.text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)];
  }

  /** Line and column of a UTF-16 offset. */
  place(offset: number, path: string): Place {
    const line = this.#lineStarts.findLastIndex((start) => start <= offset);
    const before = this.text.slice(this.#lineStarts[line], offset);
    return { file: this.file, line: line + 1, column: Array.from(before).length + 1, path };
  }

  /** The whole line that an offset is in. */
  lineAt(offset: number): string {
    const line = this.#lineStarts.findLastIndex((start) => start <= offset);
    return this.text.slice(this.#lineStarts[line], this.#lineStarts[line + 1]);
  }
}
