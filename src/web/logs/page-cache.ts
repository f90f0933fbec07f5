import { PLAIN, styleAfter, type AnsiStyle } from "./ansi-style.ts";

/** Lines of a page. Pages are read and forgotten as a whole. */
export const PAGE_LINES = 500;

/** A line as it is kept: its last state, and when it was stored, in milliseconds since the epoch. */
export interface CachedLine {
  readonly text: string;
  readonly time: number;
}

/** Lines to read: so many from one on, all of one page. */
export interface MissingLines {
  readonly page: number;
  readonly line: number;
  readonly limit: number;
}

interface Page {
  readonly lines: (CachedLine | undefined)[];
  characters: number;
  /** The style at the begin of each line, as far as it was asked for; void when lines or the page before change. */
  styles: AnsiStyle[];
}

/** Lines of a log that were read lately. When there are too many, the pages that were shown longest ago go. */
export class PageCache {
  private readonly pages = new Map<number, Page>();
  private characters = 0;
  private readonly mostCharacters: number;

  constructor(mostCharacters = 32_000_000) {
    this.mostCharacters = mostCharacters;
  }

  get(line: number): CachedLine | undefined {
    return this.pages.get(pageOf(line))?.lines[line % PAGE_LINES];
  }

  /** Keeps lines that follow each other. Those that are there already are replaced. */
  put(first: number, lines: readonly CachedLine[]): void {
    for (const [index, each] of lines.entries()) {
      const line = first + index;
      const page = this.pageFor(pageOf(line));
      const before = page.lines[line % PAGE_LINES];
      const more = each.text.length - (before?.text.length ?? 0);
      page.lines[line % PAGE_LINES] = each;
      page.characters += more;
      this.characters += more;
      if (before !== undefined && before.text !== each.text) page.styles = [];
    }
    const last = pageOf(first + Math.max(0, lines.length - 1));
    for (let page = pageOf(first); page <= last; page++) this.touch(page);
    this.evict(pageOf(first), last);
  }

  /** Says that these lines are shown; what of them has to be read. */
  want(from: number, to: number, total: number): readonly MissingLines[] {
    const missing: MissingLines[] = [];
    const end = Math.min(to, total);
    for (let page = pageOf(Math.max(0, from)); page * PAGE_LINES < end; page++) {
      this.touch(page);
      const lines = this.pages.get(page)?.lines;
      const length = Math.min(PAGE_LINES, total - page * PAGE_LINES);
      const range = lines === undefined ? { from: 0, to: length } : gap(lines, length);
      if (range !== undefined)
        missing.push({ page, line: page * PAGE_LINES + range.from, limit: range.to - range.from });
    }
    return missing;
  }

  /** The style that a line begins with, from the lines before it as far as they are here. */
  styleAt(line: number): AnsiStyle {
    const page = this.pages.get(pageOf(line));
    if (page === undefined) return PLAIN;
    const { styles } = page;
    if (styles.length === 0) styles.push(this.styleAfter(pageOf(line) * PAGE_LINES - 1));
    for (let at = styles.length; at <= line % PAGE_LINES; at++) {
      const before = page.lines[at - 1];
      styles.push(before === undefined ? PLAIN : styleAfter(before.text, styles[at - 1] ?? PLAIN));
    }
    return styles[line % PAGE_LINES] ?? PLAIN;
  }

  /** The style that is in force after a line, if it is here. */
  styleAfter(line: number): AnsiStyle {
    const text = this.get(line)?.text;
    return text === undefined ? PLAIN : styleAfter(text, this.styleAt(line));
  }

  /** Pages that are kept. */
  get size(): number {
    return this.pages.size;
  }

  private pageFor(number: number): Page {
    const known = this.pages.get(number);
    if (known !== undefined) return known;
    const page: Page = { lines: [], characters: 0, styles: [] };
    this.pages.set(number, page);
    // Colours of this page's end may go on in the next one.
    const next = this.pages.get(number + 1);
    if (next !== undefined) next.styles = [];
    return page;
  }

  private touch(number: number): void {
    const page = this.pages.get(number);
    if (page === undefined) return;
    this.pages.delete(number);
    this.pages.set(number, page);
  }

  private evict(first: number, last: number): void {
    for (const [number, page] of this.pages) {
      if (this.characters <= this.mostCharacters) return;
      if (number >= first && number <= last) continue;
      this.pages.delete(number);
      this.characters -= page.characters;
    }
  }
}

function pageOf(line: number): number {
  return Math.floor(line / PAGE_LINES);
}

/** From the first line that is missing up to the last one, as places in the page. */
function gap(
  lines: readonly (CachedLine | undefined)[],
  length: number,
): { readonly from: number; readonly to: number } | undefined {
  let from = 0;
  while (from < length && lines[from] !== undefined) from++;
  if (from === length) return undefined;
  let to = length;
  while (lines[to - 1] !== undefined) to--;
  return { from, to };
}
