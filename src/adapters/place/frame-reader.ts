import { decodeBytes } from "./encoding-script.ts";
import { parseExitRecord } from "./exit-record.ts";
import { LINE_END } from "./follow-script.ts";
import type { FollowFrom, SpoolFrame } from "./place.ts";
import { WholeLines } from "./whole-lines.ts";

/** Makes frames of the lines that `followScript` prints, and knows how far they have come. */
export class FrameReader {
  readonly #journal: WholeLines;
  #log: number;
  #marker = "";
  #encoding = "";
  /** The script has spoken since `begin`. */
  answered = false;

  constructor(from: FollowFrom) {
    this.#log = from.log;
    this.#journal = new WholeLines(from.journal);
  }

  /** From where the next script has to go on. */
  position(): FollowFrom {
    return { log: this.#log, journal: this.#journal.next };
  }

  /** The next lines come from another script, with this marker. */
  begin(marker: string): void {
    this.#marker = marker;
    this.answered = false;
  }

  /** `broken`: not what has to come next, so that something would be missing; the follower has to ask anew. */
  read(line: string): SpoolFrame | undefined | "broken" {
    // What login shells print, and a last line that the end of the connection has cut off.
    if (!line.startsWith(`${this.#marker} `) || !line.endsWith(LINE_END)) return undefined;
    const [, word, first = "", second = ""] = line.slice(0, -LINE_END.length).split(" ");
    switch (word) {
      case "begin":
        this.#encoding = first;
        this.answered = true;
        return undefined;
      case "alive":
        return undefined;
      case "log":
        return this.#logFrame(Number(first), decodeBytes(second, this.#encoding));
      case "journal":
        return this.#journalFrame(Number(first), decodeBytes(second, this.#encoding));
      case "cut":
        return { kind: "cut" };
      case "exit": {
        const text = decodeBytes(first, this.#encoding)?.toString("utf8");
        if (text === undefined) return "broken";
        const record = parseExitRecord(text);
        return record === undefined ? { kind: "lost" } : { kind: "exit", ...record };
      }
      case "lost":
        return { kind: "lost" };
      default:
        return "broken";
    }
  }

  #logFrame(offset: number, bytes: Buffer | undefined): SpoolFrame | "broken" {
    if (bytes === undefined || bytes.length === 0 || offset !== this.#log) return "broken";
    this.#log += bytes.length;
    return { kind: "log", offset, bytes };
  }

  #journalFrame(offset: number, bytes: Buffer | undefined): SpoolFrame | undefined | "broken" {
    if (bytes === undefined || bytes.length === 0 || offset !== this.#journal.next) return "broken";
    const lines = this.#journal.push(bytes);
    return lines === undefined ? undefined : { kind: "journal", ...lines };
  }
}
