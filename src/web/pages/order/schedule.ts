/** When a request is to run: now, or at a local date and time as an input of type `datetime-local` has it. */
export interface Schedule {
  readonly kind: "now" | "at";
  readonly local: string;
}

export type ScheduleProblem = "needed" | "past";

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

/** A moment as an input of type `datetime-local` has it, in the viewer's zone, to the minute. */
export function localMinute(moment: Date): string {
  return `${dateOf(moment)}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

function withOffset(moment: Date): string {
  const minutes = -moment.getTimezoneOffset();
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${localMinute(moment)}:${two(moment.getSeconds())}${offset}`;
}

function dateOf(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
