import type { LogLines, LogMatches } from "../../contract/requests.ts";
import type { RunState } from "../../contract/states.ts";
import type { LogListener, LogSource } from "./log-source.ts";

/** A log in memory that answers as the server does and tells what is added to it, unless it is told not to. */
export class MemoryLog {
  bytes: Uint8Array = new Uint8Array();
  /** Lines that one answer has at most, whatever was asked for. */
  mostLines = 5000;
  readonly asked: string[] = [];
  private readonly listeners = new Set<LogListener>();

  /** Adds to the log; `lost`: and tells nobody. */
  append(text: string | Uint8Array, options: { readonly lost?: boolean } = {}): void {
    const more = typeof text === "string" ? new TextEncoder().encode(text) : text;
    const offset = this.bytes.length;
    const all = new Uint8Array(offset + more.length);
    all.set(this.bytes);
    all.set(more, offset);
    this.bytes = all;
    if (options.lost !== true) for (const listener of this.listeners) listener.bytes(offset, more);
  }

  tellRun(state: RunState): void {
    for (const listener of this.listeners) listener.run(state, this.bytes.length);
  }

  tellConnection(live: boolean): void {
    for (const listener of this.listeners) listener.connection(live);
  }

  tellReconnected(): void {
    for (const listener of this.listeners) listener.reconnected();
  }

  readonly source: LogSource = {
    lines: (line, limit) => {
      this.asked.push(`lines ${line} ${limit}`);
      return Promise.resolve(this.linesFrom(line, Math.min(limit, this.mostLines)));
    },
    bytes: (from, limit) => {
      this.asked.push(`bytes ${from} ${limit}`);
      return Promise.resolve(this.bytes.slice(from, from + limit));
    },
    search: ({ q, from, limit, kind }) => {
      this.asked.push(`search ${kind} ${q} ${from}`);
      return Promise.resolve(this.matches(kind === "error" ? "fatal:" : q, from, limit));
    },
    listen: (listener) => {
      this.listeners.add(listener);
      listener.connection(true);
      return () => this.listeners.delete(listener);
    },
  };

  private all(): readonly { readonly text: string; readonly byte: number }[] {
    const found: { text: string; byte: number }[] = [];
    for (let from = 0; from < this.bytes.length;) {
      const at = this.bytes.indexOf(10, from);
      const to = at < 0 ? this.bytes.length : at;
      found.push({ text: new TextDecoder().decode(this.bytes.subarray(from, to)), byte: from });
      from = to + 1;
    }
    return found;
  }

  private linesFrom(line: number, limit: number): LogLines {
    const all = this.all();
    const first = line < 0 ? Math.max(0, all.length + line) : line;
    const lines = all.slice(first, first + limit);
    return {
      firstLine: first,
      firstByte: lines[0]?.byte ?? this.bytes.length,
      lines: lines.map(({ text }) => text),
      times: lines.map(() => 1000),
      totalLines: all.length,
      totalBytes: this.bytes.length,
    };
  }

  private matches(q: string, from: number, limit: number): LogMatches {
    const found = this.all()
      .map(({ text, byte }, line) => ({ text, byte, line }))
      .filter(({ text, byte }) => byte >= from && text.toLowerCase().includes(q.toLowerCase()));
    const rest = found[limit];
    return { matches: found.slice(0, limit), next: rest?.byte ?? null };
  }
}
