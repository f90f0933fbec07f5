import { localMinute, withOffset } from "../../components/local-time.ts";

/** When a request is to run: now, or at a local date and time as an input of type `datetime-local` has it. */
export interface Schedule {
  readonly kind: "now" | "at";
  readonly local: string;
}

export type ScheduleProblem = "needed" | "past";

/** What a form begins with: now, or the time of the request that is edited. */
export function beginningSchedule(scheduledAt: string | null): Schedule {
  return scheduledAt === null ? { kind: "now", local: "" } : { kind: "at", local: localMinute(new Date(scheduledAt)) };
}

/** The moment in ISO 8601 with the viewer's offset; null: now. What is wrong, where it is no moment to come. */
export function scheduledMoment(
  { kind, local }: Schedule,
  now: Date,
): { readonly at: string | null } | { readonly problem: ScheduleProblem } {
  if (kind === "now") return { at: null };
  const moment = new Date(local);
  if (local === "" || Number.isNaN(moment.getTime())) return { problem: "needed" };
  if (moment.getTime() <= now.getTime()) return { problem: "past" };
  return { at: withOffset(moment) };
}
