import { invalid } from "../api/problem-error.ts";

/** Refuses what is no time zone. */
export function checkZone(zone: string): void {
  try {
    Intl.DateTimeFormat("en", { timeZone: zone });
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
