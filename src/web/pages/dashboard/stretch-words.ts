import { LANGUAGE_TAGS, type Language } from "../../locales/catalogue.ts";
import type { Stretch } from "./dashboard-filters.ts";

function day(of: Date, language: Language): string {
  return of.toLocaleDateString(LANGUAGE_TAGS[language], { weekday: "short", month: "short", day: "numeric" });
}

function time(of: Date, language: Language): string {
  return of.toLocaleTimeString(LANGUAGE_TAGS[language], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** What stands below a part of the time in a chart: its hour, or the day that it begins with. */
export function tickOf({ from }: Stretch, bucket: "hour" | "day" | "week", language: Language): string {
  const begin = new Date(from);
  if (bucket === "hour") return time(begin, language);
  return begin.toLocaleDateString(LANGUAGE_TAGS[language], { month: "short", day: "numeric" });
}

/** A part of the time in full: a day, days, or from hour to hour. */
export function stretchOf({ from, to }: Stretch, bucket: "hour" | "day" | "week", language: Language): string {
  const [begin, end] = [new Date(from), new Date(to)];
  if (bucket === "hour") return `${day(begin, language)} ${time(begin, language)}–${time(end, language)}`;
  const [first, last] = [day(begin, language), day(new Date(end.getTime() - 1), language)];
  return first === last ? first : `${first} – ${last}`;
}
