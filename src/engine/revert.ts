import { attempt, unwrap } from "./errors.ts";
import type { HostSummary } from "./events.ts";
import { awaitUp } from "./health.ts";
import { stepContext, type HostRun } from "./step-context.ts";

/**
 * Takes a host that this run has changed back to what ran before (nothing, where nothing did), because another host
 * failed (`OnFailure: revert`). The new version stays on the host, stopped. Tells what it did and returns the host's new summary.
 */
export async function revertHost(run: HostRun, summary: HostSummary): Promise<HostSummary> {
  const { target, plan, hostPlan, emit, clock } = run;
  const { docker } = target;
  const host = target.host.name;
  const { before, after } = hostPlan;
  const began = clock.now().getTime();
  const outcome = await attempt(async () => {
    if (after !== undefined && after !== before) unwrap(await docker.stop(after, plan.stopTimeout));
    if (before === undefined) return;
    unwrap(await docker.start(before));
    await awaitUp(before, { ...stepContext(run), abort: new AbortController().signal });
  });
  const retired = after === before ? undefined : after;
  const seconds = summary.seconds + (clock.now().getTime() - began) / 1000;
  const reverted: HostSummary = outcome.ok
    ? { ...summary, verdict: "reverted", now: before, seconds }
    : { ...summary, verdict: "failed", now: undefined, seconds, failure: outcome.failure };
  emit({
    type: "host-rescue",
    host,
    retired,
    restored: outcome.ok ? before : undefined,
    ...(outcome.ok ? {} : { failure: outcome.failure }),
  });
  emit({ type: "host-finished", summary: reverted });
  return reverted;
}
