import { applyEvent, emptyBoard, type BoardState } from "../../contract/board-state.ts";
import { EventFeed, type RunEvent } from "./event-feed.ts";

interface EventPage {
  readonly items: readonly { readonly seq: number; readonly event: RunEvent }[];
}

/** Where the events of a run come from. */
export interface EventSource {
  readonly read: (after: number, limit: number, signal: AbortSignal) => Promise<EventPage>;
  /** Listens until the function that it returns is called. */
  readonly listen: (listener: {
    readonly event: (seq: number, event: RunEvent) => void;
    readonly missed: () => void;
  }) => () => void;
}

const PAGE = 2000;
const RETRY_MS = 2000;
const HOLE_MS = 500;

/** The boards of a run, one for each Gantry line that has begun, kept up to date by its events. */
export class BoardStore {
  readonly boards: BoardState[] = [];
  failed = false;
  private feed = new EventFeed();
  private readonly source: EventSource;
  private readonly pace: number;
  private readonly listeners = new Set<() => void>();
  private abort = new AbortController();
  private reading = false;
  private again: ReturnType<typeof setTimeout> | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private changes = 0;

  constructor(source: EventSource, pace = 100) {
    this.source = source;
    this.pace = pace;
  }

  /** Begins to read and to listen; until the function that it returns is called. */
  open(): () => void {
    this.abort = new AbortController();
    this.reading = false;
    const close = this.source.listen({
      event: (seq, event) => {
        this.take(seq, event);
        if (this.feed.hasHole) this.readSoon(HOLE_MS);
      },
      missed: () => this.readSoon(0),
    });
    void this.read();
    return () => {
      close();
      this.abort.abort();
      clearTimeout(this.again);
      clearTimeout(this.telling);
      this.again = undefined;
      this.telling = undefined;
    };
  }

  /** Has the rest read: the run has ended, and nothing may be missing. */
  complete(): void {
    this.readSoon(0);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly version = (): number => this.changes;

  private take(seq: number, event: RunEvent): void {
    for (const ready of this.feed.take(seq, event)) {
      if (ready.type === "run-started" || this.boards.length === 0) this.boards.push(emptyBoard());
      const board = this.boards.at(-1);
      if (board !== undefined) applyEvent(board, ready);
    }
    this.tell();
  }

  private readSoon(pause: number): void {
    this.again ??= setTimeout(() => {
      this.again = undefined;
      void this.read();
    }, pause);
  }

  private async read(): Promise<void> {
    if (this.reading) return this.readSoon(HOLE_MS);
    this.reading = true;
    const { signal } = this.abort;
    try {
      for (let more = true; more;) {
        const { items } = await this.source.read(this.feed.seen, PAGE, signal);
        if (signal.aborted) return;
        for (const { seq, event } of items) this.take(seq, event);
        more = items.length === PAGE;
      }
      this.failed = false;
    } catch {
      if (signal.aborted) return;
      this.failed = true;
      this.readSoon(RETRY_MS);
    }
    this.reading = false;
    this.tell();
  }

  private tell(): void {
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      this.changes++;
      for (const listener of this.listeners) listener();
    }, this.pace);
  }
}
