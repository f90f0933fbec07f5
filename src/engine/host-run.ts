import { isUp } from "../domain/container.ts";
import { releases } from "../domain/mode.ts";
import { attempt, FailureError, type Failure } from "./errors.ts";
import type { HostSummary, StepName, Verdict } from "./events.ts";
import { lookAlive } from "./health.ts";
import { removeOldVersions } from "./housekeeping.ts";
import type { Step } from "./plan.ts";
import { rescue, undoDrainOnly } from "./rescue.ts";
import { execute } from "./steps/executors.ts";
import { stepContext, type HostRun } from "./step-context.ts";
import { explain } from "./why.ts";

/** Runs the looking and downloading steps of a host; returns the first failure. Nothing that serves is touched. */
export async function prepareHost(run: HostRun): Promise<Failure | undefined> {
  for (const step of run.hostPlan.prepare) {
    const failure = await runStep(step, run);
    if (failure) return failure;
  }
  return undefined;
}

/** Runs the changing steps of a host; where one fails, the host goes back to what ran before. */
export async function rollHost(run: HostRun): Promise<HostSummary> {
  const { hostPlan, plan, target, clock, emit } = run;
  const began = clock.now().getTime();
  let failed: { readonly step: Step; readonly failure: Failure } | undefined;
  for (const step of hostPlan.roll) {
    const failure = await runStep(step, run);
    if (failure) failed = { step, failure };
    if (failed) break;
  }
  let verdict: Verdict = "done";
  if (failed) {
    verdict = (await heal(run, failed)) ? "rescued" : "failed";
  } else if (releases(plan.mode) && !run.lock?.lost.aborted) {
    await removeOldVersions(target, plan, hostPlan.before, emit);
  }
  const versions = await target.docker.containers(plan.project);
  const summary: HostSummary = {
    host: hostPlan.host,
    verdict,
    seen: versions.ok,
    before: hostPlan.before,
    now: versions.ok ? versions.value.find(isUp)?.name : undefined,
    seconds: (clock.now().getTime() - began) / 1000,
    ...(failed ? { failure: failed.failure } : {}),
  };
  emit({ type: "host-finished", summary });
  return summary;
}

/** A lost lock is taken again before the host is touched once more; where somebody else has it, the host is left alone. */
async function heal(run: HostRun, failed: { readonly step: Step; readonly failure: Failure }): Promise<boolean> {
  const { lock, target, plan, holder, emit } = run;
  const context = stepContext(run);
  const again = lock?.lost.aborted ? await target.lock(plan.project, holder) : undefined;
  if (again === undefined || again.ok) return rescue(failed.failure, failed.step, context, emit);
  const { failure } = again;
  const host = target.host.name;
  // Who has the lock now may be about to take the same instance out of service.
  if (failure.reason === "locked")
    emit({ type: "host-rescue", host, retired: undefined, restored: undefined, failure });
  else await undoDrainOnly(context, emit, failure);
  return false;
}

async function runStep(step: Step, run: HostRun): Promise<Failure | undefined> {
  const { target, plan, hostPlan, clock, emit, lock } = run;
  const host = target.host.name;
  const name: StepName = { kind: step.kind, number: step.number, of: step.of, title: step.title };
  if (step.skip !== undefined) {
    emit({ type: "step-skipped", host, step: name, skip: step.skip });
    return undefined;
  }
  emit({ type: "step-started", host, step: name });
  const began = clock.now().getTime();
  const outcome = await attempt(async () => {
    if (lock?.lost.aborted) throw new FailureError({ reason: "lock-lost", host, project: plan.project });
    const context = stepContext(run, name);
    const result = await execute(step, context);
    // Looking away is when it dies: the last step is done only when the version is still up after it.
    if (step === hostPlan.roll.at(-1) && hostPlan.after !== undefined) await lookAlive(hostPlan.after, context);
    return result;
  });
  const seconds = (clock.now().getTime() - began) / 1000;
  if (outcome.ok) {
    emit({ type: "step-finished", host, step: name, seconds, ...outcome.value });
    return undefined;
  }
  emit({
    type: "step-failed",
    host,
    step: name,
    seconds,
    why: await explain(outcome.failure, step, target, plan.project),
  });
  return outcome.failure;
}
