/** A time in which a project is not released. Times are Unix milliseconds; an open end has none. */
export interface FreezeWindow {
  readonly from?: number;
  readonly to?: number;
  readonly reason: string;
}

/** The window that holds at `now` (Unix milliseconds), or undefined: the release may go on. */
export function freezeAt(windows: readonly FreezeWindow[], now: number): FreezeWindow | undefined {
  return windows.find(({ from = -Infinity, to = Infinity }) => from <= now && now < to);
}

/** Ways to write an edge of a freeze window, for messages. */
export const FREEZE_TIME_FORMS = ["2026-10-01", "2026-10-01 18:00", "2026-10-01T18:00:00+08:00"] as const;

const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads an edge of a freeze window into Unix milliseconds, or undefined when it is no such time. Without an offset it
 * is the control machine's local time. A bare date means its first instant as `from` and the end of that day as `to`.
 */
export function parseFreezeTime(text: string, edge: "from" | "to"): number | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", hour, minute = "00", second = "00", offset = ""] = match;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const calendarDay = new Date(Date.UTC(y, m - 1, d));
  if (calendarDay.getUTCMonth() !== m - 1 || calendarDay.getUTCDate() !== d) return undefined;
  if (hour === undefined) return new Date(y, m - 1, edge === "to" ? d + 1 : d).getTime();
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`).getTime();
  return Number.isNaN(time) ? undefined : time;
}
