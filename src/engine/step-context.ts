import type { LockHolder } from "./errors.ts";
import type { Emit, StepName, Waiting } from "./events.ts";
import type { HostPlan, Plan, Step, StepKind } from "./plan.ts";
import type { Clock, HostLock, Target } from "./ports.ts";

/** What a step may use: its host, the plan, and ways to tell how it is getting on. */
export interface StepContext {
  readonly target: Target;
  readonly plan: Plan;
  readonly hostPlan: HostPlan;
  readonly clock: Clock;
  readonly abort: AbortSignal;
  readonly waiting: (waiting: Waiting) => void;
  readonly progress: (current: number, total: number) => void;
}

export interface StepResult {
  readonly status: "ok" | "changed";
  /** Facts for people and programs, printed after `=>`. */
  readonly result: Readonly<Record<string, unknown>>;
}

type StepOf<K extends StepKind> = Extract<Step, { readonly kind: K }>;

/** Carries out one kind of step; throws FailureError where it fails. */
export type StepExecutor<K extends StepKind> = (step: StepOf<K>, context: StepContext) => Promise<StepResult>;

/** One host of a run: what to do there, with what, and where to tell of it. */
export interface HostRun {
  readonly target: Target;
  readonly lock: HostLock | undefined;
  readonly holder: LockHolder;
  readonly plan: Plan;
  readonly hostPlan: HostPlan;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly abort: AbortSignal;
}

/** What a step of this host may use; without a step (healing), signs of life are shown nowhere. */
export function stepContext(run: HostRun, step?: StepName): StepContext {
  const { target, plan, hostPlan, clock, emit, abort } = run;
  const host = target.host.name;
  return {
    target,
    plan,
    hostPlan,
    clock,
    abort,
    waiting: (waiting) => step && emit({ type: "step-waiting", host, step, waiting }),
    progress: (current, total) => step && emit({ type: "step-progress", host, step, current, total }),
  };
}
