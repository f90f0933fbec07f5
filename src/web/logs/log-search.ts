import type { LogMatches } from "../../contract/requests.ts";
import type { LogSource } from "./log-source.ts";

/** A line that holds what is searched for. */
export type LogMatch = LogMatches["matches"][number];

/** Matches that are asked for at once; of more, only those near the current one are looked for. */
const MOST = 1000;
/** Bytes that a search backwards looks at first; then four times as many each time. */
const FIRST_WINDOW = 256 * 1024;

/** A search through a log, done by the server: forwards as it offers it, backwards by windows that grow. */
export class LogSearch {
  readonly query: string;
  current: LogMatch | undefined;
  private readonly source: LogSource;
  private matches: readonly LogMatch[] = [];
  private whole = false;

  constructor(source: LogSource, query: string) {
    this.source = source;
    this.query = query;
  }

  /** How many lines match, and whether there are more than that. */
  get count(): { readonly lines: number; readonly more: boolean } {
    return { lines: this.matches.length, more: !this.whole };
  }

  /** The place of the current match among all, from 1; undefined where there are too many to know. */
  get place(): number | undefined {
    const at = this.matches.findIndex(({ line }) => line === this.current?.line);
    return this.whole && at >= 0 ? at + 1 : undefined;
  }

  /** Begins: the first match from this line on, else the first of all. */
  async start(line: number, signal: AbortSignal): Promise<LogMatch | undefined> {
    const answer = await this.firstFrom(0, 0, signal);
    this.matches = answer.matches;
    this.whole = answer.next === null;
    const near = this.matches.find((match) => match.line >= line);
    if (near !== undefined || this.whole) return (this.current = near ?? this.matches[0]);
    const { firstByte } = await this.source.lines(line, 1, signal);
    const { found } = await this.firstFrom(firstByte, line, signal);
    return (this.current = found ?? this.matches[0]);
  }

  /** The next match, or the first after the last one. The log may have grown meanwhile. */
  async next(signal: AbortSignal): Promise<LogMatch | undefined> {
    const { current } = this;
    if (current === undefined) return this.start(0, signal);
    const known = this.matches.find(({ line }) => line > current.line);
    // Of matches that are not all known, those between the known ones and the current one are missing.
    if (known !== undefined && current.line < (this.matches.at(-1)?.line ?? 0)) return (this.current = known);
    const { found, matches } = await this.firstFrom(current.byte, current.line + 1, signal);
    if (this.whole) this.matches = [...this.matches, ...matches];
    return (this.current = found ?? this.matches[0]);
  }

  /** The match before, or the last one before the first. */
  async previous(signal: AbortSignal): Promise<LogMatch | undefined> {
    const { current } = this;
    if (current === undefined) return this.start(0, signal);
    const last = this.matches.at(-1);
    if (this.whole || (last !== undefined && current.line <= last.line)) {
      const known = this.matches.findLast(({ line }) => line < current.line);
      if (known !== undefined || this.whole) return (this.current = known ?? last);
    }
    const first = this.matches[0];
    const end =
      first === undefined || current.line <= first.line
        ? (await this.source.lines(-1, 1, signal)).totalBytes
        : current.byte;
    return (this.current = (await this.lastBefore(end, signal)) ?? current);
  }

  /** The first match from a line on, and those that came with it. A server that stops half-way is asked to go on. */
  private async firstFrom(byte: number, first: number, signal: AbortSignal) {
    for (let at = byte; ;) {
      const answer = await this.ask(at, signal);
      const matches = answer.matches.filter(({ line }) => line >= first);
      if (matches.length > 0 || answer.next === null) return { found: matches[0], matches, next: answer.next };
      at = answer.next;
    }
  }

  private async lastBefore(byte: number, signal: AbortSignal): Promise<LogMatch | undefined> {
    for (let window = FIRST_WINDOW; ; window *= 4) {
      const from = Math.max(0, byte - window);
      let found: LogMatch | undefined;
      for (let at: number | null = from; at !== null && at < byte;) {
        const answer: LogMatches = await this.ask(at, signal);
        found = answer.matches.findLast((match) => match.byte < byte) ?? found;
        at = answer.next;
      }
      if (found !== undefined || from === 0) return found;
    }
  }

  private ask(from: number, signal: AbortSignal): Promise<LogMatches> {
    return this.source.search({ q: this.query, from, limit: MOST, kind: "text" }, signal);
  }
}

/** The first line that looks like a failure. */
export async function firstError(source: LogSource, signal: AbortSignal): Promise<LogMatch | undefined> {
  for (let from = 0; ;) {
    const { matches, next } = await source.search({ q: "error", from, limit: 1, kind: "error" }, signal);
    if (matches.length > 0 || next === null) return matches[0];
    from = next;
  }
}
