import type { Step, StepKind } from "../plan.ts";
import { deregister } from "./deregister.ts";
import { find, findExited } from "./find.ts";
import { findInstance } from "./find-instance.ts";
import { health } from "./health.ts";
import { list } from "./list.ts";
import { pull } from "./pull.ts";
import { run } from "./run.ts";
import { start } from "./start.ts";
import type { StepContext, StepExecutor, StepResult } from "../step-context.ts";
import { stop } from "./stop.ts";
import { wait } from "./wait.ts";

/** Every kind of step and what carries it out: a kind without an executor does not compile. */
const executors: { readonly [K in StepKind]: StepExecutor<K> } = {
  "find-instance": findInstance,
  find,
  "find-exited": findExited,
  pull,
  deregister,
  wait,
  stop,
  run,
  start,
  health,
  list,
};

/** Carries out a step of any kind; throws FailureError where it fails. */
export function execute(step: Step, context: StepContext): Promise<StepResult> {
  const executor = executors[step.kind] as StepExecutor<StepKind>;
  return executor(step, context);
}
