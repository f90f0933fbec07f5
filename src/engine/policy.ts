import { isUnreachable, type Failure } from "./errors.ts";
import type { Because, HostSummary } from "./events.ts";
import type { Plan, RunRequest } from "./plan.ts";

/**
 * Why a run must not begin after the look at its hosts, by the hosts that failed; undefined means it may. Hosts that
 * refuse stop it, and so do more unreachable ones than `MaxUnreachable`. Who only looks goes on with the others.
 */
export function mayNotBegin(
  { mode, maxUnreachable }: RunRequest,
  failed: ReadonlyMap<string, Failure>,
): Because | undefined {
  if (mode === "inquiry") return undefined;
  const unreachable = [...failed.values()].filter(isUnreachable).length;
  if (failed.size > unreachable) return "failures";
  return unreachable > maxUnreachable ? "unreachable" : undefined;
}

/**
 * Why a rollout must not go on to a batch after what happened so far; undefined means it may. More failed hosts than
 * `MaxFailed` stop it, and so does a failure that left the batch with the last instance that serves (unless forced).
 */
export function mayNotGoOn(batch: readonly string[], hosts: readonly HostSummary[], plan: Plan): Because | undefined {
  const failed = hosts.filter(({ verdict }) => verdict === "failed" || verdict === "rescued");
  if (failed.length > plan.maxFailed) return "failures";
  const serves = hosts.filter(({ now, verdict }) => now !== undefined && verdict !== "failed");
  const takesLast = serves.length > 0 && serves.every(({ host }) => batch.includes(host));
  return failed.length > 0 && takesLast && !plan.force ? "last-healthy" : undefined;
}
