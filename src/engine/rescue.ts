import { failedName } from "../domain/version.ts";
import { attempt, unwrap } from "./errors.ts";
import type { Emit } from "./events.ts";
import type { StepContext } from "./step-context.ts";
import { awaitUp } from "./health.ts";

/**
 * After a failed step: takes the new version out of the way (stopped and marked as failed, or removed if it never
 * started) and starts again what ran before. Tells what it did; true when the host serves the old version again.
 */
export async function rescue(context: StepContext, emit: Emit): Promise<boolean> {
  const { target, plan, hostPlan } = context;
  const { docker } = target;
  const host = target.host.name;
  let retired: string | undefined;
  let restored: string | undefined;
  const outcome = await attempt(async () => {
    const versions = unwrap(await docker.containers(plan.project));
    const fresh = plan.image === undefined ? undefined : versions.find((each) => each.name === hostPlan.after);
    if (fresh?.state === "created") {
      unwrap(await docker.remove(fresh.name));
      retired = fresh.name;
    } else if (fresh !== undefined) {
      if (fresh.state !== "exited") unwrap(await docker.stop(fresh.name, plan.stopTimeout));
      unwrap(await docker.rename(fresh.name, failedName(fresh.name)));
      retired = failedName(fresh.name);
    }
    const { before } = hostPlan;
    if (before === undefined) return;
    const running = unwrap(await docker.containers(plan.project)).filter(({ state }) => state === "running");
    if (running.some(({ name }) => name === before)) {
      restored = before;
      return;
    }
    // A rollback that failed leaves its target stopped before the version that ran comes back.
    for (const { name } of running) unwrap(await docker.stop(name, plan.stopTimeout));
    unwrap(await docker.start(before));
    await awaitUp(before, { ...context, abort: new AbortController().signal });
    restored = before;
  });
  emit({ type: "host-rescue", host, retired, restored, ...(outcome.ok ? {} : { failure: outcome.failure }) });
  return outcome.ok && restored !== undefined;
}
