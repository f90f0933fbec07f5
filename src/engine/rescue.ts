import type { Container } from "../domain/container.ts";
import { failedName } from "../domain/version.ts";
import { attempt, unwrap, type Failure } from "./errors.ts";
import type { Emit, RetiredVersion } from "./events.ts";
import type { StepContext } from "./step-context.ts";
import { awaitUp } from "./health.ts";

/**
 * After a failed step: takes the new version out of the way (stopped and marked as failed, or removed if it never
 * started) and starts again what ran before. Tells what it did; true when the host serves the old version again.
 * Nothing is done where somebody else changed the host meanwhile, or where there is nothing else to go back to.
 */
export async function rescue(failure: Failure, context: StepContext, emit: Emit): Promise<boolean> {
  const { hostPlan } = context;
  if (failure.reason === "changed-underneath" || hostPlan.after === hostPlan.before) return false;
  return (await goBack(context, emit)) && hostPlan.before !== undefined;
}

/** Takes the version that this run brought out of the way and starts what ran before (nothing, where nothing did). */
export async function goBack(context: StepContext, emit: Emit): Promise<boolean> {
  const { target, plan, hostPlan } = context;
  const { docker } = target;
  const host = target.host.name;
  let retired: RetiredVersion | undefined;
  let restored: string | undefined;
  const outcome = await attempt(async () => {
    const versions = unwrap(await docker.containers(plan.project));
    const after = versions.find((each) => each.name === hostPlan.after);
    if (after !== undefined) retired = await retire(after, context);
    const { before } = hostPlan;
    if (before === undefined) return;
    if (!versions.some(({ name, state }) => name === before && state === "running")) {
      unwrap(await docker.start(before));
      // Also after an abort: what ran before must be seen to run again.
      await awaitUp(before, { ...context, abort: new AbortController().signal });
    }
    restored = before;
  });
  emit({ type: "host-rescue", host, retired, restored, ...(outcome.ok ? {} : { failure: outcome.failure }) });
  return outcome.ok && restored === hostPlan.before;
}

/** A version that this run has made is marked as failed, or removed if it never started; an older one is only stopped. */
async function retire(version: Container, { target, plan }: StepContext): Promise<RetiredVersion> {
  const { docker } = target;
  const { name, state } = version;
  const isNew = plan.image !== undefined;
  if (isNew && state === "created") {
    unwrap(await docker.remove(name));
    return { version: name, fate: "removed" };
  }
  if (state !== "exited" && state !== "created") unwrap(await docker.stop(name, plan.stopTimeout));
  if (!isNew) return { version: name, fate: "stopped" };
  unwrap(await docker.rename(name, failedName(name)));
  return { version: failedName(name), fate: "kept" };
}
