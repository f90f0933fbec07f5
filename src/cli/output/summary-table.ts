import type { HostSummary, Verdict } from "../../engine/events.ts";
import type { Words } from "../locales/words.ts";
import type { Paint } from "./paint.ts";
import { columns } from "./table.ts";

/** Where a host could not be looked at. */
const UNKNOWN = "?";

/** The end of every run: one line a host with the version before and now, the verdict and the time. */
export function summaryTable(hosts: readonly HostSummary[], words: Words, paint: Paint): string {
  const { headings, verdicts, nothing } = words.output;
  const colour: Readonly<Record<Verdict, (text: string) => string>> = {
    done: paint.green,
    reverted: paint.yellow,
    rescued: paint.yellow,
    failed: paint.red,
    unreachable: paint.red,
    untouched: paint.dim,
  };
  return columns([
    [headings.host, headings.before, headings.now, headings.verdict, headings.time].map((text) => paint.bold(text)),
    ...hosts.map(({ host, seen, before, now, verdict, seconds }) => [
      host,
      before ?? (seen ? nothing : UNKNOWN),
      now ?? (seen ? nothing : UNKNOWN),
      colour[verdict](verdicts[verdict]),
      seconds === 0 ? "-" : formatSeconds(seconds),
    ]),
  ]).join("\n");
}

/** Seconds as people read them: `0.4s`, `12.3s`, `1m05s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}m${String(whole % 60).padStart(2, "0")}s`;
}
