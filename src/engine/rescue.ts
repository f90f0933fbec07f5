import { isUp, type Container } from "../domain/container.ts";
import { failedName, RUN_LABEL } from "../domain/version.ts";
import { attempt, FailureError, unwrap, type Failure } from "./errors.ts";
import type { Emit, RetiredVersion } from "./events.ts";
import { awaitUp } from "./health.ts";
import { drainedInstance } from "./drained-instance.ts";
import type { Step } from "./plan.ts";
import { awaitRegistered } from "./registration.ts";
import { registryOf, type StepContext } from "./step-context.ts";
import { backInService, leadAway } from "./undo.ts";
import { graceFor } from "./steps/stop.ts";

/**
 * After a failed step: takes the new version out of the way (stopped and marked as failed, or removed if it never
 * started), starts again what ran before, and puts it back in service. Tells what it did; true when the host serves the
 * old version again.
 */
export async function rescue(failure: Failure, step: Step, context: StepContext, emit: Emit): Promise<boolean> {
  const { hostPlan, memory } = context;
  const { before, after } = hostPlan;
  // Somebody else is at work there: whatever is done to containers now may undo theirs.
  if (failure.reason === "changed-underneath") {
    await undoDrainOnly(context, emit, undefined);
    return false;
  }
  // The engine goes on stopping it: what still runs now will not for long.
  if (failure.reason === "deadline" && step.kind === "stop") return false;
  // It is the version itself that does not come up: there is nothing else to go back to.
  if (before === after && step.kind !== "stop" && memory.touched) return false;
  return (await goBack(context, emit, "at once")) && before !== undefined;
}

/**
 * For a host whose containers cannot, or must not, be touched any more: puts what was drained back in service, or
 * removes its lease where its container has ended. `failure` is why nothing else is done.
 */
export async function undoDrainOnly(context: StepContext, emit: Emit, failure: Failure | undefined): Promise<void> {
  const { memory, target, plan, hostPlan } = context;
  let undone: string | undefined;
  const undoing = await attempt(async () => {
    if (memory.drained === undefined || plan.drain?.method !== "eureka") return;
    const { drained } = memory;
    const seen = await target.docker.containers(plan.project);
    const runs = seen.ok
      ? seen.value.some(({ name, state }) => name === drained && state === "running")
      : !memory.touched;
    if (runs) undone = await backInService(drained, healing(context));
    // A dead one must not leave a status behind that the next start inherits.
    const instance = drainedInstance(hostPlan);
    if (!runs && seen.ok && instance !== undefined) unwrap(await registryOf(context).remove(instance));
  });
  const because = failure ?? (undoing.ok ? undefined : undoing.failure);
  if (because === undefined && undone === undefined) return;
  emit({
    type: "host-rescue",
    host: target.host.name,
    retired: undefined,
    restored: undone === undefined ? undefined : hostPlan.before,
    ...(undone === undefined ? {} : { inService: undone }),
    ...(because === undefined ? {} : { failure: because }),
  });
  if (failure !== undefined && !undoing.ok)
    emit({
      type: "host-rescue",
      host: target.host.name,
      retired: undefined,
      restored: undefined,
      failure: undoing.failure,
    });
}

/**
 * Takes the version that this run brought out of the way and starts what ran before (nothing, where nothing did).
 *
 * @param how `gracefully`: traffic is led away from the new version first, with the plan's wait
 */
export async function goBack(aborted: StepContext, emit: Emit, how: "gracefully" | "at once"): Promise<boolean> {
  const context = healing(aborted);
  const { target, plan, hostPlan } = context;
  const { docker } = target;
  const { before, after } = hostPlan;
  let retired: RetiredVersion | undefined;
  let inService: string | undefined;
  const retire = () =>
    attempt(async () => {
      if (after === before) return;
      const version = unwrap(await docker.containers(plan.project)).find(({ name }) => name === after);
      if (version !== undefined) retired = await retireVersion(version, context, how);
    });
  const restore = () =>
    attempt(async () => {
      if (before === undefined) return;
      const versions = unwrap(await docker.containers(plan.project));
      const runs = versions.some(({ name, state }) => name === before && state === "running");
      inService = runs ? await backInService(before, context) : await startAgain(before, context);
    });
  const seen = await docker.containers(plan.project);
  const bothRun = seen.ok && seen.value.some(({ name, state }) => name === before && state === "running");
  // Where both run, the old one serves again before the new one goes; else the new one may be in its way. What ran
  // before comes back even where the other could not be taken out of the way.
  const first = await (bothRun ? restore() : retire());
  const second = await (bothRun ? retire() : restore());
  const [restoring, retiring] = bothRun ? [first, second] : [second, first];
  const failed = [restoring, retiring].find((each) => !each.ok);
  emit({
    type: "host-rescue",
    host: target.host.name,
    retired,
    restored: restoring.ok ? before : undefined,
    ...(inService === undefined ? {} : { inService }),
    ...(failed === undefined || failed.ok ? {} : { failure: failed.failure }),
  });
  // An unreachable host on which nothing was touched yet still has its instance to put back in service.
  if (!restoring.ok && !seen.ok) await undoDrainOnly(context, emit, undefined);
  return restoring.ok;
}

/** Also after an abort: what is undone must be seen to be undone. */
function healing(context: StepContext): StepContext {
  return { ...context, abort: new AbortController().signal };
}

/** Starts what ran before; returns its instance, where it had one, UP again. */
async function startAgain(before: string, context: StepContext): Promise<string | undefined> {
  const { target, plan, clock, registry } = context;
  const instance = drainedInstance(context.hostPlan);
  // The step that should have removed it may be the one that failed: the start would inherit what was set over it.
  if (instance !== undefined) await registryOf(context).remove(instance);
  const since = clock.now();
  unwrap(await target.docker.start(before));
  await awaitUp(before, context);
  if (instance === undefined || registry === undefined || plan.registry === undefined) return undefined;
  const up = await attempt(() => awaitRegistered(before, since, plan.checkTime, context));
  if (up.ok) return up.value.id;
  if (up.failure.reason !== "instance-not-up" || up.failure.instance === undefined) throw new FailureError(up.failure);
  const { instance: id } = up.failure;
  unwrap(await registry.undrain({ host: target.host.name, id }, context.abort));
  return id;
}

/** A version that this run has made is marked as failed, or removed if it never started; others are only stopped. */
async function retireVersion(
  version: Container,
  context: StepContext,
  how: "gracefully" | "at once",
): Promise<RetiredVersion> {
  const { target, plan } = context;
  const { docker } = target;
  const { name, state, labels } = version;
  const isOwn = labels[RUN_LABEL] === plan.run;
  if (isOwn && state === "created") {
    unwrap(await docker.remove(name));
    return { version: name, fate: "removed" };
  }
  if (isUp(version)) {
    const instance = await leadAway(name, context, how);
    unwrap(await docker.stop(name, await graceFor(name, context)));
    if (instance !== undefined) await registryOf(context).remove(instance);
  }
  if (!isOwn) return { version: name, fate: "stopped" };
  unwrap(await docker.rename(name, failedName(name)));
  return { version: failedName(name), fate: "kept" };
}
