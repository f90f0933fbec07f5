import type { Waiting } from "../events.ts";
import type { HostPlan, Plan, Step, StepKind } from "../plan.ts";
import type { Clock, Target } from "../ports.ts";

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

export type StepOf<K extends StepKind> = Extract<Step, { readonly kind: K }>;

/** Carries out one kind of step; throws FailureError where it fails. */
export type StepExecutor<K extends StepKind> = (step: StepOf<K>, context: StepContext) => Promise<StepResult>;
