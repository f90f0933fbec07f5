/** What YAML 1.1 takes for a date or a time. */
export const timestampPattern =
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)$/;

const parts =
  /^(?<year>[0-9]{4})-(?<month>[0-9][0-9]?)-(?<day>[0-9][0-9]?)(?:(?:[Tt]|[ \t]+)(?<hour>[0-9][0-9]?):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.(?<fraction>[0-9]*))?(?:[ \t]*(?<zone>Z|(?<sign>[-+])(?<zoneHour>[0-9][0-9]?)(?::(?<zoneMinute>[0-9]{2}))?))?)?$/;

/**
 * A date or time as Python's `isoformat` writes it, which is what Ansible prints of it: `2001-12-14T21:59:43.100000-05:00`.
 * Undefined for days and times that there are not.
 */
export function timestampText(text: string): string | undefined {
  const found = parts.exec(text)?.groups;
  if (found === undefined) return undefined;
  const year = found["year"] ?? "";
  const [month = 0, day = 0] = [found["month"], found["day"]].map(Number);
  const daysInMonth = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  if (year === "0000" || month < 1 || month > 12 || day < 1 || day > daysInMonth) return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  const hour = found["hour"];
  if (hour === undefined) return date;
  const [minute = 0, second = 0] = [found["minute"], found["second"]].map(Number);
  if (Number(hour) > 23 || minute > 59 || second > 59) return undefined;
  const micro = (found["fraction"] ?? "").slice(0, 6).padEnd(6, "0");
  const zone = zoneText(found);
  if (zone === undefined) return undefined;
  return `${date}T${two(Number(hour))}:${two(minute)}:${two(second)}${micro === "000000" ? "" : `.${micro}`}${zone}`;
}

function zoneText(found: Readonly<Record<string, string | undefined>>): string | undefined {
  if (found["zone"] === undefined) return "";
  const minutes = Number(found["zoneHour"] ?? 0) * 60 + Number(found["zoneMinute"] ?? 0);
  if (minutes >= 24 * 60) return undefined;
  const sign = found["sign"] === "-" && minutes > 0 ? "-" : "+";
  return `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
