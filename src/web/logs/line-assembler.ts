import { lastState, lastStateSoFar } from "./carriage-return.ts";

/** More characters than this of one line are left out; the whole of it is in the download. */
const LONGEST_LINE = 1_000_000;

/**
 * Makes lines of the bytes of a log as they come, in pieces that may end anywhere, also within a character. Bytes that
 * are no UTF-8 become U+FFFD.
 */
export class LineAssembler {
  /** The number of the line that has not ended. */
  line: number;
  private unfinished: string;
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** `line`: the number of the line that the first byte belongs to; `begun`: what it already has. */
  constructor(line: number, begun = "") {
    this.line = line;
    this.unfinished = begun;
  }

  /** The line that has not ended, so far; "" where there is none. */
  get pending(): string {
    return lastState(this.unfinished);
  }

  /** Takes the next bytes; the lines that end with them. */
  take(bytes: Uint8Array): readonly string[] {
    const parts = this.decoder.decode(bytes, { stream: true }).split("\n");
    const last = parts.pop() ?? "";
    const ended = parts.map((part, index) =>
      lastState(index === 0 ? this.unfinished + part : part).slice(0, LONGEST_LINE),
    );
    const begun = parts.length === 0 ? this.unfinished + last : last;
    this.unfinished = lastStateSoFar(begun).slice(0, LONGEST_LINE);
    this.line += ended.length;
    return ended;
  }
}
