import { type PostgresAction, PostgresFailureError } from "./postgres-failure.ts";

/** The time by which everything has to be done. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Milliseconds that are left, at least 1. */
  left(): number;
  /** The failure to throw when it has passed. */
  passed(action: PostgresAction, detail: string): PostgresFailureError;
}

export function deadlineIn(seconds: number): Deadline {
  const end = performance.now() + seconds * 1000;
  const signal = AbortSignal.timeout(seconds * 1000);
  const left = (): number => Math.max(1, end - performance.now());
  const passed = (action: PostgresAction, detail: string): PostgresFailureError =>
    new PostgresFailureError({ reason: "deadline", action, seconds, detail });
  return { signal, left, passed };
}
