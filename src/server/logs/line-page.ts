import type { Chunk } from "./stored-chunks.ts";

const NEWLINE = 10;
/** Bytes of a line that are shown, and of all lines of a page. */
const SHOWN = 64 * 1024;
const PAGE = 4 * 2 ** 20;

interface PageLine {
  /** Offset of its first byte. */
  readonly byte: number;
  readonly text: string;
  /** Bytes of it that are shown. */
  readonly size: number;
  readonly at: number;
}

export interface LinePage {
  /** The lines of the page that have been met so far. */
  readonly lines: readonly PageLine[];
  /** Number of the first of them, and its offset once it is known. */
  readonly firstLine: number;
  readonly firstByte: number | undefined;
  /** Takes the next chunk. */
  take(chunk: Chunk): void;
  /** Takes the end of the log. */
  end(bytes: number): void;
  /** Nothing more fits. */
  readonly full: boolean;
  /** The line that is being read, where what is left of it is not shown, so that its chunks may be left out. */
  readonly skipping: number | undefined;
}

/**
 * Collects lines from this number on, at most `limit`. Where they are too large altogether it keeps the first ones, or
 * the last ones when `keep` says so.
 */
export function createLinePage(line: number, limit: number, keep: "first" | "last"): LinePage {
  const lines: PageLine[] = [];
  let dropped = 0;
  let bytes = 0;
  let firstByte: number | undefined;
  let number = Number.NaN;
  /** The line that is being read: where it began, and what is shown of it. */
  let start = Number.NaN;
  let startedAt = 0;
  let shown: Buffer[] = [];
  let shownBytes = 0;

  const isFull = (): boolean => lines.length + dropped >= limit || (keep === "first" && bytes >= PAGE);
  const addPiece = (piece: Buffer, at: Date): void => {
    if (shown.length === 0) startedAt = at.getTime();
    const part = piece.subarray(0, SHOWN - shownBytes);
    shown.push(part);
    shownBytes += part.length;
  };
  const finish = (end: number): void => {
    lines.push({ byte: start, text: lineText(Buffer.concat(shown), end - start), size: shownBytes, at: startedAt });
    bytes += shownBytes;
    shown = [];
    shownBytes = 0;
    if (keep === "first") return;
    while (bytes > PAGE && lines.length > 1) {
      bytes -= lines.shift()?.size ?? 0;
      dropped++;
    }
  };

  return {
    lines,
    get firstLine() {
      return line + dropped;
    },
    get firstByte() {
      return lines[0]?.byte ?? firstByte;
    },
    take: (chunk) => {
      let at = 0;
      if (Number.isNaN(number)) number = chunk.firstLine;
      while (!isFull() && at < chunk.bytes.length) {
        if (number === line && firstByte === undefined) start = firstByte = chunk.start + at;
        const newline = chunk.bytes.indexOf(NEWLINE, at);
        const end = newline === -1 ? chunk.bytes.length : newline;
        if (number >= line) addPiece(chunk.bytes.subarray(at, end), chunk.at);
        if (newline === -1) return;
        if (number >= line) finish(chunk.start + newline);
        number++;
        at = newline + 1;
        start = chunk.start + at;
      }
    },
    end: (end) => {
      if (!isFull() && shown.length > 0) finish(end);
      firstByte ??= end;
    },
    get full() {
      return isFull();
    },
    get skipping() {
      return shownBytes === SHOWN ? number : undefined;
    },
  };
}

/** A line as it is shown; `length` is all of its bytes, of which these are the first. */
function lineText(shown: Buffer, length: number): string {
  if (shown.length === length) return shown.toString("utf8").replace(/\r$/, "");
  const whole = wholeCharacters(shown);
  return `${whole.toString("utf8")} …[+${length - whole.length} B]`;
}

/** Without the beginning of a character that ends later. */
function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}
