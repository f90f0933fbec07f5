import type { Because, HookName, RetiredVersion, Verdict, Waiting } from "../../engine/events.ts";
import type { SkipReason, StepKind } from "../../engine/plan.ts";
import type { FailureMessages } from "./message.ts";

/** What is said of a run and of what can fail in it, in one language: on the terminal and in the browser. */
export interface RunWords {
  readonly failures: FailureMessages;
  readonly output: OutputWords;
}

export interface OutputWords {
  readonly connect: string;
  readonly lookTask: string;
  readonly resolveTask: string;
  readonly rescueTask: string;
  readonly keepTask: string;
  readonly hookTask: (hook: HookName) => string;
  readonly skip: Readonly<Record<SkipReason, string>>;
  readonly stopped: Readonly<Record<Because, (left: readonly string[]) => string>>;
  readonly headings: Readonly<Record<"host" | "before" | "now" | "verdict" | "time", string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly nothing: string;
  readonly steps: Readonly<Record<StepKind, string>>;
  readonly waiting: { readonly [F in Waiting["for"]]: (waiting: Extract<Waiting, { readonly for: F }>) => string };
  readonly lastLines: (container: string) => string;
  readonly whyRunning: (host: string, running: readonly string[] | undefined) => string;
  /** `inService`: the instance that is in service again. */
  readonly rescued: (
    host: string,
    restored: string | undefined,
    retired: RetiredVersion | undefined,
    inService: string | undefined,
  ) => string;
  readonly next: (command: string) => string;
  readonly undo: (command: string) => string;
  readonly logFile: (path: string) => string;
  readonly interrupted: string;
  readonly interruptedAgain: string;
  /** Behind the outcome of a run that ended before its first batch. */
  readonly untouched: string;
  readonly outcome: Readonly<Record<"succeeded" | "failed" | "unreachable" | "locked" | "interrupted", string>>;
}
