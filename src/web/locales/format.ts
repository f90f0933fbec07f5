import { LANGUAGE_TAGS, type Language } from "./catalogue.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment as people say it: "5 minutes ago", "in 2 hours", and a date when it is more than a week away. */
export function relativeMoment(at: Date, now: Date, language: Language): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  const relative = new Intl.RelativeTimeFormat(LANGUAGE_TAGS[language], { numeric: "auto" });
  // Clocks differ a little: what has just happened is not "in 2 seconds".
  if (size < 10) return relative.format(0, "second");
  if (size < MINUTE) return relative.format(Math.trunc(seconds), "second");
  if (size < HOUR) return relative.format(Math.trunc(seconds / MINUTE), "minute");
  if (size < DAY) return relative.format(Math.trunc(seconds / HOUR), "hour");
  if (size < 7 * DAY) return relative.format(Math.trunc(seconds / DAY), "day");
  return at.toLocaleDateString(LANGUAGE_TAGS[language], { dateStyle: "medium" });
}

/** A moment to the second, in the viewer's zone, which is named. */
export function absoluteMoment(at: Date, language: Language, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(LANGUAGE_TAGS[language], {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  // The zone stands at the end; Chinese formats have it between date and time.
  const parts = Object.groupBy(format.formatToParts(at), ({ type }) => (type === "timeZoneName" ? "zone" : "moment"));
  const [moment, zone] = [parts.moment, parts.zone].map((some) => (some ?? []).map(({ value }) => value).join(""));
  return `${moment?.replaceAll(/\s+/g, " ").trim()} ${zone}`;
}

/** Seconds as `0:41`, `1:20:05`, or `2 d 01:20` in words that both languages read. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => `${value}`.padStart(2, "0");
  const [days, hours, minutes] = [
    Math.floor(whole / DAY),
    Math.floor((whole % DAY) / HOUR),
    Math.floor((whole % HOUR) / MINUTE),
  ];
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(whole % MINUTE)}`;
  return `${minutes}:${two(whole % MINUTE)}`;
}

/** Milliseconds as `12 ms` or `1.4 s`. */
export function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** Seconds that are typical of many runs: as `0.4 s` where whole seconds would say nothing, else as `duration`. */
export function typicalDuration(seconds: number): string {
  return seconds < 10 ? milliseconds(seconds * 1000) : duration(seconds);
}

/** Bytes as `512 B`, `1.5 MiB`. */
export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let rest = value;
  let unit = 0;
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || Number.isInteger(rest) || rest >= 100 ? 0 : 1;
  return `${rest.toFixed(digits)} ${units[unit] ?? ""}`;
}

/** A whole number with the separators of the language. */
export function count(value: number, language: Language): string {
  return value.toLocaleString(LANGUAGE_TAGS[language]);
}

/** A part of one as `0.4%`, `12%`. */
export function percent(part: number): string {
  const value = part * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)}%`;
}
