import { releases } from "../domain/mode.ts";
import { attempt, FailureError, type Failure } from "./errors.ts";
import type { HostSummary, StepName, Verdict } from "./events.ts";
import { removeOldVersions } from "./housekeeping.ts";
import type { Step } from "./plan.ts";
import { rescue } from "./rescue.ts";
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
  let failure: Failure | undefined;
  for (const step of hostPlan.roll) {
    failure = await runStep(step, run);
    if (failure) break;
  }
  let verdict: Verdict = "done";
  if (failure) verdict = (await rescue(failure, stepContext(run), emit)) ? "rescued" : "failed";
  else if (releases(plan.mode)) await removeOldVersions(target, plan, emit);
  const versions = await target.docker.containers(plan.project);
  const summary: HostSummary = {
    host: hostPlan.host,
    verdict,
    before: hostPlan.before,
    now: versions.ok ? versions.value.find(({ state }) => state === "running")?.name : undefined,
    seconds: (clock.now().getTime() - began) / 1000,
    ...(failure ? { failure } : {}),
  };
  emit({ type: "host-finished", summary });
  return summary;
}

async function runStep(step: Step, run: HostRun): Promise<Failure | undefined> {
  const { target, plan, clock, emit, lock } = run;
  const host = target.host.name;
  const name: StepName = { kind: step.kind, number: step.number, of: step.of, title: step.title };
  if (step.skip !== undefined) {
    emit({ type: "step-skipped", host, step: name, skip: step.skip });
    return undefined;
  }
  emit({ type: "step-started", host, step: name });
  const began = clock.now().getTime();
  const outcome = await attempt(() => {
    if (lock?.lost.aborted) throw new FailureError({ reason: "lock-lost", host, project: plan.project });
    return execute(step, stepContext(run, name));
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
