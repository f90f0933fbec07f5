import type { LogMatches } from "../../contract/requests.ts";
import type { Database } from "../store/database.ts";
import { failureHint, looksLikeFailure } from "./failure-lines.ts";
import { excerpt } from "./search-excerpt.ts";
import { textPattern } from "./search-pattern.ts";
import { chunksFrom } from "./stored-chunks.ts";

export interface LogSearch {
  /** Ignored where `kind` is `error`. */
  readonly q: string;
  /** Byte from which matches count. */
  readonly from: number;
  readonly limit: number;
  /** `text`: each line with the text, whatever its case; `error`: the first line that looks like a failure. */
  readonly kind: "text" | "error";
}

type Match = LogMatches["matches"][number];

/** Bytes of a line that are searched together. Of longer ones the pieces overlap, so that nothing is missed. */
const LONGEST_LINE = 2 ** 20;
/** A longer text cannot be asked for: 500 characters of 4 bytes. */
const OVERLAP = 2000;
/** Milliseconds after which the search stops, to be continued by another one. */
const PATIENCE = 5000;

/**
 * Lines of a run's log that match, from a byte on: a line counts once, by its first match. `next`, where it is not
 * null, is the byte from which to go on: the limit was reached, or the log is so large that it takes too long.
 */
export async function searchLog(db: Database, run: number, search: LogSearch): Promise<LogMatches> {
  const { q, from, limit, kind } = search;
  if (kind === "text" && /[\r\n]/.test(q)) return { matches: [], next: null };
  const block = createBlockSearch(
    kind === "error" ? failureHint() : textPattern(q),
    kind,
    kind === "error" ? 1 : limit,
  );
  const deadline = performance.now() + PATIENCE;
  for await (const { start, bytes, firstLine, lines } of chunksFrom(db, run, from, Infinity)) {
    const before = Math.max(0, from - start);
    const line = firstLine + newlinesIn(bytes.toString("latin1", 0, before));
    const stopped = block.take(bytes.toString("latin1", before), start + before, line, firstLine + lines);
    if (stopped !== undefined) return { matches: block.matches, next: stopped };
    if (performance.now() > deadline) return { matches: block.matches, next: block.position };
  }
  return { matches: block.matches, next: block.end() ?? null };
}

function createBlockSearch(pattern: RegExp, kind: LogSearch["kind"], limit: number) {
  const matches: Match[] = [];
  /** The line that has not ended yet, or its last bytes where it is very long. */
  let open = "";
  /** Byte after everything that has been taken. */
  let position = 0;
  let line = 0;
  /** The open line has matched already, or is too long to be looked at further. */
  let done = false;

  /** Searches a text that begins at `start`; the byte to go on from when the limit is reached. */
  const searchText = (text: string, start: number, firstLine: number): number | undefined => {
    let [counted, lines] = [0, 0];
    pattern.lastIndex = done ? text.indexOf("\n") + 1 : 0;
    if (done && pattern.lastIndex === 0) return undefined;
    for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
      const begin = text.lastIndexOf("\n", found.index) + 1;
      const newline = text.indexOf("\n", found.index);
      const end = newline === -1 ? text.length : newline;
      lines += newlinesIn(text.slice(counted, begin));
      counted = begin;
      if (kind === "text" || looksLikeFailure(Buffer.from(text.slice(begin, end), "latin1").toString("utf8"))) {
        const shown = excerpt(text, begin, end, found.index, found.index + found[0].length);
        matches.push({ line: firstLine + lines, byte: start + found.index, text: shown });
        if (matches.length === limit) return start + Math.min(end + 1, text.length);
      }
      if (newline === -1) {
        done = true;
        return undefined;
      }
      pattern.lastIndex = end + 1;
    }
    return undefined;
  };

  return {
    matches,
    get position() {
      return position - open.length;
    },
    /** Takes the next bytes of the log, which begin in one line and end in another. */
    take: (bytes: string, start: number, firstLine: number, lastLine: number): number | undefined => {
      const text = open + bytes;
      const textStart = start - open.length;
      const whole = text.lastIndexOf("\n") + 1;
      position = start + bytes.length;
      line = lastLine;
      if (whole > 0) {
        open = text.slice(whole);
        const stopped = searchText(text.slice(0, whole), textStart, firstLine);
        done = false;
        return stopped;
      }
      open = text;
      if (text.length < LONGEST_LINE) return undefined;
      open = text.slice(-OVERLAP);
      const stopped = searchText(text, textStart, firstLine);
      // What a failure looks like depends on the beginning of the line.
      done ||= kind === "error";
      return stopped;
    },
    /** Searches the last line, which has no end. */
    end: (): number | undefined => searchText(open, position - open.length, line),
  };
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
