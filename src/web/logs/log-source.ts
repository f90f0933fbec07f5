import type { LogLines, LogMatches } from "../../contract/requests.ts";
import type { RunState } from "../../contract/states.ts";

/** What is told of a log while it grows. */
export interface LogListener {
  readonly bytes: (offset: number, bytes: Uint8Array) => void;
  /** How the run is, and how long its log is by now. */
  readonly run: (state: RunState, logBytes: number) => void;
  /** The connection is back: something may have been missed. */
  readonly reconnected: () => void;
  readonly connection: (live: boolean) => void;
}

/** Where a log comes from. */
export interface LogSource {
  /** Lines from one on; a negative one counts from the end. There may be fewer than asked for. */
  readonly lines: (line: number, limit: number, signal: AbortSignal) => Promise<LogLines>;
  /** Bytes from an offset on, at most so many. */
  readonly bytes: (from: number, limit: number, signal: AbortSignal) => Promise<Uint8Array>;
  readonly search: (
    query: { readonly q: string; readonly from: number; readonly limit: number; readonly kind: "text" | "error" },
    signal: AbortSignal,
  ) => Promise<LogMatches>;
  /** Listens until the function that it returns is called. */
  readonly listen: (listener: LogListener) => () => void;
}
