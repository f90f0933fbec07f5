import type { LockHolder } from "./errors.ts";
import type { Emit, StepName, Waiting } from "./events.ts";
import type { HostPlan, Plan, Step, StepKind } from "./plan.ts";
import type { Clock, HostLock, ServiceRegistry, Target } from "./ports.ts";

/** What a step may use: its host, the plan, and ways to tell how it is getting on. */
export interface StepContext {
  readonly target: Target;
  /** Present where the plan has one. */
  readonly registry: ServiceRegistry | undefined;
  readonly plan: Plan;
  readonly hostPlan: HostPlan;
  readonly memory: HostMemory;
  readonly clock: Clock;
  readonly abort: AbortSignal;
  readonly waiting: (waiting: Waiting) => void;
  readonly progress: (current: number, total: number) => void;
}

/** What has happened on a host so far that later steps, and healing, go by. */
interface HostMemory {
  /** The container that was taken out of service, or was about to be. */
  drained?: string | undefined;
  /** True from the first step on that does something to a container. */
  touched?: true;
  /** When the version in hand was started, by this machine's clock. */
  startedSince?: Date;
}

/** The plan's service registry; a plan that has steps for one has it. */
export function registryOf({ registry }: Pick<StepContext, "registry">): ServiceRegistry {
  if (registry === undefined) throw new Error("the plan asks a service registry, and there is none");
  return registry;
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
  readonly registry: ServiceRegistry | undefined;
  readonly memory: HostMemory;
  readonly holder: LockHolder;
  readonly plan: Plan;
  readonly hostPlan: HostPlan;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly abort: AbortSignal;
}

/** What a step of this host may use; without a step (healing), signs of life are shown nowhere. */
export function stepContext(run: HostRun, step?: StepName): StepContext {
  const { target, registry, plan, hostPlan, memory, clock, emit, abort } = run;
  const host = target.host.name;
  return {
    target,
    registry,
    plan,
    hostPlan,
    memory,
    clock,
    abort,
    waiting: (waiting) => step && emit({ type: "step-waiting", host, step, waiting }),
    progress: (current, total) => step && emit({ type: "step-progress", host, step, current, total }),
  };
}
