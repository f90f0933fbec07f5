import type { HostSummary } from "./events.ts";
import { goBack } from "./rescue.ts";
import { stepContext, type HostRun } from "./step-context.ts";

/**
 * Takes a host that this run has changed back to what ran before, because another host failed (`OnFailure: revert`).
 * Tells what it did and returns the host's new summary.
 */
export async function revertHost(run: HostRun, summary: HostSummary): Promise<HostSummary> {
  const { hostPlan, emit, clock } = run;
  const began = clock.now().getTime();
  const back = await goBack(stepContext(run), emit, "gracefully");
  const seconds = summary.seconds + (clock.now().getTime() - began) / 1000;
  const reverted: HostSummary = back
    ? { ...summary, verdict: "reverted", now: hostPlan.before, seconds }
    : { ...summary, verdict: "failed", now: undefined, seconds };
  emit({ type: "host-finished", summary: reverted });
  return reverted;
}
