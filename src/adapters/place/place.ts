import type { Result } from "../../domain/result.ts";

/** One task line, ready to run. */
export interface SpoolLine {
  readonly task: "pre" | "main" | "post";
  /** The program and its arguments; of a shell line, the line for `sh -c` and what it knows as $1, $2, .. */
  readonly argv: readonly string[];
  readonly shell: boolean;
  /** Writes its events to the spool's journal (by GANTRY_JOURNAL), and ends in its own time when it is told to. */
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
  /**
   * Seconds between TERM and KILL, when the run is stopped and when its time is up. A Gantry line that is stopped
   * finishes the hosts in hand, however long that takes, and takes them back at a second TERM; when its time is up the
   * second TERM comes after these seconds, and KILL ten minutes later.
   */
  readonly stopGrace: number;
}

export interface LineResult {
  readonly task: "pre" | "main" | "post";
  /** From 0, within its task. */
  readonly line: number;
  /** Null when a signal has ended it. */
  readonly exitCode: number | null;
  /** Without SIG, for example KILL. */
  readonly signal: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
}

/** How a run has ended. Lines after the first that failed, or after a stop, have no result: they never ran. */
export interface ExitRecord {
  readonly results: readonly LineResult[];
  readonly timedOut: boolean;
  /** It was told to stop before its last line had ended. */
  readonly stopped: boolean;
}

/** What following a run yields, in the order in which it happened. */
export type SpoolFrame =
  /** Bytes of the log as they came, from this offset in the spool's log on. */
  | { readonly kind: "log"; readonly offset: number; readonly bytes: Buffer }
  /** Bytes of the journal (whole lines), from this offset on. */
  | { readonly kind: "journal"; readonly offset: number; readonly bytes: Buffer }
  /** The log has reached its limit: nothing more will be kept. Comes again when a follower starts anew. */
  | { readonly kind: "cut" }
  /** The exit record; comes after every byte of log and journal. */
  | ({ readonly kind: "exit" } & ExitRecord)
  /** The place answers, the process is gone and there is no exit record; comes after every byte. */
  | { readonly kind: "lost" };

/** Offsets up to which everything has been seen: an offset that was yielded, and the length of its bytes. */
export interface FollowFrom {
  readonly log: number;
  readonly journal: number;
}

/** How hard a run is stopped: TERM to ask it to end, or KILL to everything that is left of it. */
export type StopSignal = "TERM" | "KILL";

export type PlaceFailureReason =
  | "unreachable"
  /** Another host key than the one that is pinned. */
  | "host-key-changed"
  /** No host key is pinned yet. */
  | "host-key-unknown"
  | "login-refused"
  /** The private key is none, or its password is another one. */
  | "key-refused"
  | "deadline"
  | "aborted"
  /** The program to be run, or ssh itself, is not there. */
  | "program-missing"
  | "output-limit"
  | "disk-full"
  /** The place lacks something that a run needs, for example `setsid` or /proc. */
  | "unfit"
  /** The spool's folder cannot be used: its rights, a read-only disk, a file in its way. */
  | "folder-refused"
  /** A value that no process can be given, for example one with a NUL character. */
  | "bad-value"
  /** What is to be removed still runs. */
  | "running";

/** Everything that may go wrong at a place without being a bug. */
export interface PlaceFailure {
  readonly reason: PlaceFailureReason;
  readonly place: string;
  /** The last words of the program that failed, or the facts; free of secrets. */
  readonly detail: string;
}

export type PlaceResult<T> = Result<T, PlaceFailure>;

/** A place whose spools cannot be read any more, for example because its disk is broken: nothing is known of the run. */
export class PlaceLost extends Error {
  override readonly name = "PlaceLost";
  readonly place: string;

  constructor(place: string, detail: string) {
    super(`${place}: ${detail}`);
    this.place = place;
  }
}

/** Told when a followed place stops answering, and when it answers again; it is taken to answer at first. */
export type OnReach = (state: "unreachable" | "reached", detail: string) => void;

export interface PlaceExecOptions {
  /** Seconds. */
  readonly deadline: number;
  /** Bytes of standard output; more is a failure. */
  readonly limit: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface PlaceExecResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** At most 64 KiB of it. */
  readonly stderr: string;
  readonly milliseconds: number;
}

/** A machine where runs and scripts run. Every failure is a value that names the place; every call has a deadline. */
export interface Place {
  readonly name: string;
  /** The folder that holds a folder a run; null: `${XDG_STATE_HOME:-$HOME/.local/state}/gantry/spool` of the user there. */
  readonly spoolRoot: string | null;
  /**
   * Runs one command that only looks and collects its output; for value scripts and Verify. It may be run a second
   * time when the connection breaks.
   */
  exec(argv: readonly string[], options: PlaceExecOptions): Promise<PlaceResult<PlaceExecResult>>;
  /**
   * Starts a run in a session of its own that outlives everything here; a run that is already there is left as it is
   * (so a start may be tried again). Resolves when the supervisor has begun.
   */
  start(spec: SpoolSpec): Promise<PlaceResult<undefined>>;
  /**
   * Yields what a run has written from these offsets on, until its exit record, or until the signal aborts. Goes on
   * without a gap when the place was out of reach for a while, telling `onReach`. Throws PlaceLost.
   */
  follow(run: string, from: FollowFrom, signal: AbortSignal, onReach?: OnReach): AsyncIterable<SpoolFrame>;
  /**
   * Sends the signal to every process of the run that is left; `left` is how many are alive afterwards (a moment later).
   * `terms`, 1 if not given: how many TERM the run shall have had in all; those that it has had are not sent again.
   */
  stop(run: string, signal: StopSignal, terms?: number): Promise<PlaceResult<{ readonly left: number }>>;
  /** Removes what a run has left; safe to call twice. Failure: `running`. */
  remove(run: string): Promise<PlaceResult<undefined>>;
  /** Runs whose exit record is older than this, or that have none and whose processes are gone for as long. */
  expired(olderThanSeconds: number): Promise<PlaceResult<readonly string[]>>;
  close(): Promise<void>;
}
