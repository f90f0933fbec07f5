import { isUp, type Container } from "../domain/container.ts";
import { failedName, RUN_LABEL } from "../domain/version.ts";
import { attempt, unwrap, type Failure } from "./errors.ts";
import type { Emit, RetiredVersion } from "./events.ts";
import type { Step } from "./plan.ts";
import type { StepContext } from "./step-context.ts";
import { awaitUp } from "./health.ts";

/**
 * After a failed step: takes the new version out of the way (stopped and marked as failed, or removed if it never
 * started) and starts again what ran before. Tells what it did; true when the host serves the old version again.
 */
export async function rescue(failure: Failure, step: Step, context: StepContext, emit: Emit): Promise<boolean> {
  const { before, after } = context.hostPlan;
  // Somebody else is at work there: whatever is done now may undo theirs.
  if (failure.reason === "changed-underneath") return false;
  // The engine goes on stopping it: what still runs now will not for long.
  if (failure.reason === "deadline" && step.kind === "stop") return false;
  // It is the version itself that does not come up: there is nothing else to go back to.
  if (before === after && step.kind !== "stop") return false;
  return (await goBack(context, emit)) && before !== undefined;
}

/** Takes the version that this run brought out of the way and starts what ran before (nothing, where nothing did). */
export async function goBack(context: StepContext, emit: Emit): Promise<boolean> {
  const { target, plan, hostPlan } = context;
  const { docker } = target;
  const { before, after } = hostPlan;
  let retired: RetiredVersion | undefined;
  const retiring = await attempt(async () => {
    if (after === before) return;
    const version = unwrap(await docker.containers(plan.project)).find(({ name }) => name === after);
    if (version !== undefined) retired = await retire(version, context);
  });
  // What ran before comes back even where the other could not be taken out of the way.
  const restoring = await attempt(async () => {
    if (before === undefined) return;
    const versions = unwrap(await docker.containers(plan.project));
    if (versions.some(({ name, state }) => name === before && state === "running")) return;
    unwrap(await docker.start(before));
    // Also after an abort: it must be seen to run again.
    await awaitUp(before, { ...context, abort: new AbortController().signal });
  });
  const failed = [restoring, retiring].find((each) => !each.ok);
  emit({
    type: "host-rescue",
    host: target.host.name,
    retired,
    restored: restoring.ok ? before : undefined,
    ...(failed === undefined || failed.ok ? {} : { failure: failed.failure }),
  });
  return restoring.ok;
}

/** A version that this run has made is marked as failed, or removed if it never started; others are only stopped. */
async function retire(version: Container, { target, plan }: StepContext): Promise<RetiredVersion> {
  const { docker } = target;
  const { name, state, labels } = version;
  const isOwn = labels[RUN_LABEL] === plan.run;
  if (isOwn && state === "created") {
    unwrap(await docker.remove(name));
    return { version: name, fate: "removed" };
  }
  if (isUp(version)) unwrap(await docker.stop(name, plan.stopTimeout));
  if (!isOwn) return { version: name, fate: "stopped" };
  unwrap(await docker.rename(name, failedName(name)));
  return { version: failedName(name), fate: "kept" };
}
