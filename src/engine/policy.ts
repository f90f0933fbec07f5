import type { HostSummary } from "./events.ts";

/** Whether a rollout may go on to the next batch after what happened so far. */
export function mayGoOn(finished: readonly HostSummary[], maxFailed: number): boolean {
  return finished.filter(({ verdict }) => verdict !== "done").length <= maxFailed;
}
