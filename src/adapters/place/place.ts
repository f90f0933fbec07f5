import type { Outcome } from "../../engine/errors.ts";

/** One task line, ready to run: its arguments, and whether the first of them is a line for `sh -c`. */
export interface SpoolLine {
  readonly task: "pre" | "main" | "post";
  readonly argv: readonly string[];
  readonly shell: boolean;
  /** Writes its events to the spool's journal (by GANTRY_JOURNAL). */
  readonly gantry: boolean;
}

/** Everything that a run needs at its place. */
export interface SpoolSpec {
  /** Unique name of the run, fit for a file name. */
  readonly run: string;
  readonly lines: readonly SpoolLine[];
  /** Added to the environment; kept in a file of mode 0600 that is deleted once read, never in arguments. */
  readonly env: Readonly<Record<string, string>>;
  /** Bytes of log that are kept; what comes after is dropped, and the cut is marked. */
  readonly logLimit: number;
  /** Seconds after which the supervisor stops the run by itself; null: never. */
  readonly timeout: number | null;
  /** Seconds between TERM and KILL. */
  readonly stopGrace: number;
}

export interface LineResult {
  readonly task: "pre" | "main" | "post";
  readonly line: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
}

/** What following a run yields, in the order in which it happened. */
export type SpoolFrame =
  /** Bytes of the log as they came, from this offset in the spool's log on. */
  | { readonly kind: "log"; readonly offset: number; readonly bytes: Buffer }
  /** Bytes of the journal (whole lines), from this offset on. */
  | { readonly kind: "journal"; readonly offset: number; readonly bytes: Buffer }
  /** The log has reached its limit: nothing more will be kept. */
  | { readonly kind: "cut" }
  /** The exit record; comes after every byte of log and journal. */
  | { readonly kind: "exit"; readonly results: readonly LineResult[]; readonly timedOut: boolean; readonly stopped: boolean }
  /** The place answers, the process is gone and there is no exit record; comes after every byte. */
  | { readonly kind: "lost" };

export interface FollowFrom {
  readonly log: number;
  readonly journal: number;
}

/** How hard a run is stopped: TERM to the group, or KILL to everything that is left of it. */
export type StopSignal = "TERM" | "KILL";

/** A machine where runs and scripts run. Every failure is a value that names the place; every call has a deadline. */
export interface Place {
  readonly name: string;
  /** Runs one command and collects its output (at most `limit` bytes, more is a failure); for value scripts and Verify. */
  exec(
    argv: readonly string[],
    options: { readonly deadline: number; readonly limit: number; readonly env?: Readonly<Record<string, string>>; readonly signal?: AbortSignal },
  ): Promise<Outcome<{ readonly exitCode: number; readonly stdout: Buffer; readonly stderr: string; readonly milliseconds: number }>>;
  /**
   * Starts a run in a session of its own that outlives everything here; a run that is already there is left as it is
   * (so a start may be tried again). Resolves when the supervisor has begun.
   */
  start(spec: SpoolSpec): Promise<Outcome<undefined>>;
  /** Yields what a run has written from these offsets on, until its exit record, or until the signal aborts. Throws PlaceLost when the place cannot be asked any more. */
  follow(run: string, from: FollowFrom, signal: AbortSignal): AsyncIterable<SpoolFrame>;
  /** Sends the signal to every process of the run that is left; `left` is how many are alive afterwards (a moment later). */
  stop(run: string, signal: StopSignal): Promise<Outcome<{ readonly left: number }>>;
  /** Removes what a run has left; safe to call twice. */
  remove(run: string): Promise<Outcome<undefined>>;
  close(): Promise<void>;
}
