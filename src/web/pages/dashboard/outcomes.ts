import type { Statistics } from "../../../contract/statistics.ts";
import type { RequestState } from "../../../contract/states.ts";

/** How requests end, as charts tell them apart, from the baseline of a bar up: what failed can be compared best. */
export const OUTCOMES = ["failed", "lost", "stopped", "succeeded", "notRun", "open"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A part of the time, with what became of the requests that were submitted in it. */
export type TimePoint = Statistics["series"][number];
export type Counts = Pick<TimePoint, Outcome | "requests">;

const STATES: Readonly<Record<Outcome, readonly RequestState[]>> = {
  failed: ["failed"],
  lost: ["lost"],
  stopped: ["stopped"],
  succeeded: ["succeeded"],
  notRun: ["rejected", "revoked", "expired", "refused"],
  open: ["waiting", "approved", "scheduled", "queued", "running"],
};

/** The states of these outcomes, as the history filters by them. */
export function statesOf(...outcomes: readonly Outcome[]): string {
  return outcomes.flatMap((outcome) => STATES[outcome]).join(",");
}

/** Requests that failed: their main or post task did, or their run got lost. */
export function failuresOf({ failed, lost }: Counts): number {
  return failed + lost;
}

/** The part of those that ended by themselves which failed; null: none did. */
export function failureRateOf(counts: Counts): number | null {
  const ended = counts.succeeded + failuresOf(counts);
  return ended === 0 ? null : failuresOf(counts) / ended;
}
