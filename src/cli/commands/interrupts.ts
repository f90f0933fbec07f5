/** The two ways of ending a run early. */
export interface Interrupts {
  /** Aborted by the first SIGINT or SIGTERM: finish what is in hand. */
  readonly stop: AbortSignal;
  /** Aborted by the second: give up and go back. */
  readonly abort: AbortSignal;
  close(): void;
}

/** Listens for SIGINT and SIGTERM; `tell` is called with 1 at the first and 2 at the second. */
export function watchInterrupts(tell: (count: 1 | 2) => void): Interrupts {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      stop.abort();
      tell(1);
    } else if (!abort.signal.aborted) {
      abort.abort();
      tell(2);
    }
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal).on("SIGHUP", onSignal);
  return {
    stop: stop.signal,
    abort: abort.signal,
    close: () => void process.off("SIGINT", onSignal).off("SIGTERM", onSignal).off("SIGHUP", onSignal),
  };
}
