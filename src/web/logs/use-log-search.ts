import { useEffect, useRef, useState } from "react";
import { firstError, type LogMatch, LogSearch } from "./log-search.ts";
import type { LogSource } from "./log-source.ts";

export interface LogSearching {
  /** What is marked in the lines; "" where nothing is searched for. */
  readonly query: string;
  readonly busy: boolean;
  readonly error: Error | undefined;
  readonly result: LogSearch | undefined;
  /** Begins a search from a line on. */
  readonly start: (query: string, line: number) => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly stop: () => void;
  /** Goes to the first error; calls back if there is none. */
  readonly toFirstError: (none: () => void) => void;
}

/** Searching a log: what is found is gone to by `found`. A newer search ends the one before. */
export function useLogSearch(source: LogSource, found: (match: LogMatch) => void): LogSearching {
  const [query, setQuery] = useState("");
  const [result, setResult] = useState<LogSearch>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (
    look: (signal: AbortSignal) => Promise<LogMatch | undefined>,
    none?: () => void,
  ): Promise<void> => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setBusy(true);
    setError(undefined);
    try {
      const match = await look(abort.signal);
      if (abort.signal.aborted) return;
      if (match === undefined) none?.();
      else found(match);
    } catch (problem) {
      if (!abort.signal.aborted) setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
    if (!abort.signal.aborted) setBusy(false);
  };

  return {
    query,
    busy,
    error,
    result,
    start: (text, line) => {
      const search = new LogSearch(source, text);
      setQuery(text);
      setResult(undefined);
      void run(async (signal) => {
        const match = await search.start(line, signal);
        if (!signal.aborted) setResult(search);
        return match;
      });
    },
    next: () => {
      if (result !== undefined) void run((signal) => result.next(signal));
    },
    previous: () => {
      if (result !== undefined) void run((signal) => result.previous(signal));
    },
    stop: () => {
      running.current?.abort();
      setBusy(false);
      setError(undefined);
      setResult(undefined);
      setQuery("");
    },
    toFirstError: (none) => void run((signal) => firstError(source, signal), none),
  };
}
