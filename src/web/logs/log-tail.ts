import type { LogLines } from "../../contract/requests.ts";
import { ByteOrder, type Piece } from "./byte-order.ts";
import { LineAssembler } from "./line-assembler.ts";
import type { LogSource } from "./log-source.ts";

export interface TailHandlers {
  /** Lines that have ended, the first one's number first. */
  readonly lines: (first: number, texts: readonly string[]) => void;
  readonly changed: () => void;
}

/** A hole larger than this is not filled: the end is looked for anew, and lines between are read when looked at. */
const LARGEST_HOLE = 2 ** 20;
/** Bytes that may wait for a hole to be filled. */
const MOST_WAITING = 4 * 2 ** 20;
/** What is told of but has not come is waited for so long before it is read. */
const PATIENCE_MS = 400;
const RETRY_MS = 1500;

/**
 * The live end of a log. It begins with the last line that the server has and goes on with what comes; what is missed
 * is read by its offset, so that no line is lost or doubled whatever happens to the connection.
 */
export class LogTail {
  /** Why the end could not be found. */
  problem: unknown;
  /** When something came last, in milliseconds since the epoch. */
  heardAt = 0;
  private readonly source: LogSource;
  private readonly handlers: TailHandlers;
  private order: ByteOrder | undefined;
  private assembler = new LineAssembler(0);
  private end: number;
  private early: Piece[] = [];
  private abort = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  /** The end is to be looked for once what is under way is done. */
  private lookAfter = false;

  constructor(source: LogSource, end: number, handlers: TailHandlers) {
    this.source = source;
    this.end = end;
    this.handlers = handlers;
  }

  /** Whether the end has been found. */
  get ready(): boolean {
    return this.order !== undefined;
  }

  /** Whether everything is here that is known to be there. */
  get complete(): boolean {
    return this.order !== undefined && this.order.hole() === undefined;
  }

  /** The number of the line that has not ended. */
  get line(): number {
    return this.assembler.line;
  }

  get pending(): string {
    return this.assembler.pending;
  }

  get total(): number {
    return this.assembler.line + (this.assembler.pending === "" ? 0 : 1);
  }

  open(): void {
    this.abort = new AbortController();
    this.busy = false;
    void this.findEnd();
  }

  close(): void {
    this.abort.abort();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Bytes that came live. */
  take(offset: number, bytes: Uint8Array): void {
    if (this.order === undefined) {
      this.early.push({ offset, bytes });
      return;
    }
    this.put(offset, bytes);
    if (this.order.waiting > MOST_WAITING) void this.findEnd();
    else this.fillSoon(this.order.waiting > 0 ? 0 : PATIENCE_MS);
  }

  /** The log is so long by now. `last`: and nothing more will come, so that what is missing is read at once. */
  reaches(end: number, last: boolean): void {
    this.end = Math.max(this.end, end);
    this.order?.reaches(end);
    this.fillSoon(last ? 0 : PATIENCE_MS);
  }

  /** Something may have been missed. */
  lookAgain(): void {
    void this.findEnd();
  }

  private put(offset: number, bytes: Uint8Array): void {
    if (this.order === undefined) return;
    for (const ready of this.order.take(offset, bytes)) {
      const first = this.assembler.line;
      const ended = this.assembler.take(ready);
      if (ended.length > 0) this.handlers.lines(first, ended);
      this.heardAt = Date.now();
    }
    this.handlers.changed();
  }

  /** Asks for the last line; goes on from there, or from what is here if that is near enough. */
  private async findEnd(): Promise<void> {
    this.lookAfter = this.busy;
    if (this.busy) return;
    this.busy = true;
    const { signal } = this.abort;
    try {
      const last = await this.source.lines(-1, 1, signal);
      if (signal.aborted) return;
      this.problem = undefined;
      this.goOnFrom(last);
    } catch (error) {
      if (signal.aborted) return;
      if (this.order === undefined) this.problem = error;
      this.again(() => void this.findEnd());
    } finally {
      if (!signal.aborted) this.busy = false;
    }
    this.handlers.changed();
    this.fillSoon(0);
  }

  private goOnFrom(last: LogLines): void {
    this.end = Math.max(this.end, last.totalBytes);
    if (this.order === undefined || last.totalBytes - this.order.next > LARGEST_HOLE) {
      // One line that alone is longer than a hole may be is gone on with where it is, not read from its begin.
      const within = last.totalBytes - last.firstByte > LARGEST_HOLE;
      this.assembler = new LineAssembler(last.firstLine, within ? (last.lines[0] ?? "") : "");
      const before = this.order;
      this.order = new ByteOrder(within ? last.totalBytes : last.firstByte);
      for (const { offset, bytes } of [...(before?.early ?? []), ...this.early]) this.put(offset, bytes);
      this.early = [];
    }
    this.order.reaches(this.end);
  }

  private fillSoon(pause: number): void {
    if (this.order?.hole() === undefined || this.timer !== undefined || this.busy) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.fill();
    }, pause);
  }

  private async fill(): Promise<void> {
    const hole = this.order?.hole();
    if (hole === undefined || this.busy) return;
    if (hole.to - hole.from > LARGEST_HOLE) return this.findEnd();
    this.busy = true;
    const { signal } = this.abort;
    let pause = 0;
    try {
      const bytes = await this.source.bytes(hole.from, hole.to - hole.from, signal);
      if (signal.aborted) return;
      if (bytes.length === 0) pause = RETRY_MS;
      else this.put(hole.from, bytes);
    } catch {
      pause = RETRY_MS;
    } finally {
      if (!signal.aborted) this.busy = false;
    }
    this.handlers.changed();
    if (signal.aborted) return;
    if (this.lookAfter) await this.findEnd();
    else this.fillSoon(pause);
  }

  private again(action: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      action();
    }, RETRY_MS);
  }
}
