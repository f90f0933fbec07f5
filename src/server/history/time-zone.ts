import { invalid } from "../api/problem-error.ts";

/** Zones that have been looked up: that takes long, and there are some hundred. */
const known = new Set<string>();

/** Refuses what is no time zone. */
export function checkZone(zone: string): void {
  if (known.has(zone)) return;
  try {
    Intl.DateTimeFormat("en", { timeZone: zone });
    known.add(zone);
  } catch {
    throw invalid([
      {
        field: "zone",
        rule: "unknown",
        message: `There is no time zone ${zone}. Give one such as Asia/Shanghai or UTC.`,
      },
    ]);
  }
}
