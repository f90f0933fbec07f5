import { ENDED_RUN_STATES, type RunState } from "../../contract/states.ts";
import type { AnsiStyle } from "./ansi-style.ts";
import { lastState } from "./carriage-return.ts";
import type { LogSource } from "./log-source.ts";
import { LogTail } from "./log-tail.ts";
import { PageCache } from "./page-cache.ts";

/** A line as it is shown. */
export interface ShownLine {
  readonly text: string;
  /** The style that it begins with. */
  readonly style: AnsiStyle;
  /** When it was stored, in milliseconds since the epoch. */
  readonly time: number;
}

/** `stale`: the run goes on, but nothing comes; `failed`: the log could not be read. */
export type LogStatus = "loading" | "live" | "stale" | "ended" | "failed";

export interface LogStoreSetting {
  readonly source: LogSource;
  readonly state: RunState;
  readonly logBytes: number;
  readonly now?: () => number;
  /** Milliseconds between two changes that are told of. */
  readonly pace?: number;
}

/** Lines around those that are seen that are read with them. */
const AROUND = 150;
/** Pages that are read at the same time. */
const AT_ONCE = 3;
const RETRY_MS = 2000;
/** While somebody scrolls, what is looked at is read so often. */
const PAUSE_MS = 20;

/** The log of a run for as long as it is shown: pages that are read when they are looked at, and its live end. */
export class LogStore {
  private readonly source: LogSource;
  private readonly cache = new PageCache();
  private readonly tail: LogTail;
  private readonly listeners = new Set<() => void>();
  private readonly reading = new Map<number, AbortController>();
  private readonly pace: number;
  private state: RunState;
  private connected = true;
  private wanted = { from: 0, to: 0 };
  private fetchTimer: ReturnType<typeof setTimeout> | undefined;
  private tellTimer: ReturnType<typeof setTimeout> | undefined;
  private changes = 0;

  constructor({ source, state, logBytes, now = Date.now, pace = 50 }: LogStoreSetting) {
    this.source = source;
    this.state = state;
    this.pace = pace;
    this.tail = new LogTail(source, logBytes, {
      lines: (first, texts) => {
        const time = now();
        this.cache.put(
          first,
          texts.map((text) => ({ text, time })),
        );
      },
      changed: () => this.tell(),
    });
  }

  /** Begins to read and to listen; until the function that it returns is called. */
  open(): () => void {
    const close = this.source.listen({
      bytes: (offset, bytes) => this.tail.take(offset, bytes),
      run: (state, logBytes) => this.runIs(state, logBytes),
      reconnected: () => this.tail.lookAgain(),
      connection: (live) => {
        this.connected = live;
        this.tell();
      },
    });
    this.tail.open();
    return () => {
      close();
      this.tail.close();
      clearTimeout(this.fetchTimer);
      clearTimeout(this.tellTimer);
      this.tellTimer = undefined;
      this.fetchTimer = undefined;
      for (const abort of this.reading.values()) abort.abort();
      this.reading.clear();
    };
  }

  /** How the run is, and how long its log is by now, as far as somebody else knows. */
  runIs(state: RunState, logBytes: number): void {
    this.state = state;
    this.tail.reaches(logBytes, this.ended);
    this.tell();
  }

  /** Reads again what could not be read. */
  retry(): void {
    this.tail.lookAgain();
    this.want(this.wanted.from, this.wanted.to);
  }

  /** Calls back after changes, until the function that it returns is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Counts the changes: another number means that something else is to be shown. */
  readonly version = (): number => this.changes;

  /** Lines that there are by now, the one that goes on included. */
  get total(): number {
    return this.tail.total;
  }

  get status(): LogStatus {
    if (this.tail.problem !== undefined) return "failed";
    if (!this.tail.ready) return "loading";
    if (this.ended && this.tail.complete) return "ended";
    return this.connected && this.state !== "unreachable" ? "live" : "stale";
  }

  /** Why the log could not be read. */
  get problem(): unknown {
    return this.tail.problem;
  }

  /** A line, if it is here; otherwise `want` has it read. */
  line(line: number): ShownLine | undefined {
    if (line === this.tail.line)
      return { text: this.tail.pending, style: this.cache.styleAfter(line - 1), time: this.tail.heardAt };
    const cached = this.cache.get(line);
    return cached && { ...cached, style: this.cache.styleAt(line) };
  }

  /** Says which lines are seen, so that they are read. */
  want(from: number, to: number): void {
    this.wanted = { from, to };
    this.fetchTimer ??= setTimeout(() => {
      this.fetchTimer = undefined;
      this.read();
    }, PAUSE_MS);
  }

  private get ended(): boolean {
    return ENDED_RUN_STATES.includes(this.state);
  }

  private read(): void {
    if (!this.tail.ready || this.wanted.to === 0) return;
    const missing = this.cache.want(this.wanted.from - AROUND, this.wanted.to + AROUND, this.tail.line);
    for (const [page, abort] of this.reading) {
      if (missing.some((each) => each.page === page)) continue;
      abort.abort();
      this.reading.delete(page);
    }
    for (const { page, line, limit } of missing) {
      if (this.reading.has(page)) continue;
      if (this.reading.size >= AT_ONCE) break;
      void this.readPage(page, line, limit);
    }
  }

  private async readPage(page: number, line: number, limit: number): Promise<void> {
    const abort = new AbortController();
    this.reading.set(page, abort);
    let pause = 0;
    try {
      const answer = await this.source.lines(line, limit, abort.signal);
      const known = Math.max(0, this.tail.line - answer.firstLine);
      const lines = answer.lines.slice(0, known);
      this.cache.put(
        answer.firstLine,
        lines.map((text, index) => ({ text: lastState(text), time: answer.times[index] ?? 0 })),
      );
      if (lines.length === 0) pause = RETRY_MS;
      this.tell();
    } catch {
      // The lines stay marked as not there; they are asked for again as long as somebody looks at them.
      pause = RETRY_MS;
    }
    if (abort.signal.aborted) return;
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    if (abort.signal.aborted) return;
    this.reading.delete(page);
    this.read();
  }

  private tell(): void {
    this.want(this.wanted.from, this.wanted.to);
    this.tellTimer ??= setTimeout(() => {
      this.tellTimer = undefined;
      this.changes++;
      for (const listener of this.listeners) listener();
    }, this.pace);
  }
}
