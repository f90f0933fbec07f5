/**
 * The beginning or end of a stretch of time, as it stands in an address: a day of the viewer (`2026-11-20`, also the
 * last one is whole), or a moment (ISO 8601 with zone, as where a part of a chart leads). Undefined: no such thing.
 */
export function filterTime(text: unknown): string | undefined {
  if (typeof text !== "string" || Number.isNaN(Date.parse(text))) return undefined;
  return isDay(text) || /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/u.test(text) ? text : undefined;
}

/** Whether it is a whole day, not a moment. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text);
}

/** The first moment that belongs to what begins at this day or moment, as ISO 8601. */
export function beginOf(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  return isDay(time) ? startOfDay(time, 0) : time;
}

/** The first moment after what ends with this day or at this moment, as ISO 8601. */
export function endOf(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  return isDay(time) ? startOfDay(time, 1) : time;
}

function startOfDay(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** A day or moment as an input for it has it: a moment in the viewer's zone, without zone. */
export function inputTime(time: string): string {
  if (isDay(time)) return time;
  const at = new Date(time);
  const two = (value: number): string => `${value}`.padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const seconds = at.getSeconds() === 0 ? "" : `:${two(at.getSeconds())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}${seconds}`;
}

/** What an input for days or moments holds, as it stands in an address; undefined where it is empty. */
export function typedTime(value: string): string | undefined {
  if (value === "" || Number.isNaN(Date.parse(value))) return undefined;
  return isDay(value) ? value : new Date(value).toISOString();
}
