import { fail, ok, type Result } from "./result.ts";

/** Ways to write a duration, for messages: a bare number counts seconds, as with `sleep`. */
export const DURATION_FORMS = ["90", "3s", "1m", "1m30s", "500ms", "1h", "1d"] as const;

/** Milliseconds. A timer of Node cannot wait longer than 2^31-1 ms (24.8 days); what is longer would fire at once. */
const LONGEST_DURATION = 20 * 24 * 60 * 60 * 1000;

/** Why a text is no duration; `allowed` are `DURATION_FORMS`. */
export interface DurationProblem {
  readonly reason: "empty" | "format" | "too-long";
  readonly seen: string;
  readonly allowed: readonly string[];
}

const units = [
  { suffix: "d", milliseconds: 86_400_000 },
  { suffix: "h", milliseconds: 3_600_000 },
  { suffix: "m", milliseconds: 60_000 },
  { suffix: "s", milliseconds: 1000 },
  { suffix: "ms", milliseconds: 1 },
] as const;

const number = String.raw`\d+(?:\.\d+)?`;
/** Numbers with units, the largest unit first, each unit at most once; as a text, for the JSON Schema. */
export const DURATION_PATTERN = `^(?:${number}|(?=\\d)${units.map((unit) => `(?:${number}${unit.suffix})?`).join("")})$`;

const pattern = new RegExp(`^(?=\\d)${units.map((unit) => `(?:(${number})${unit.suffix})?`).join("")}$`);
const bareNumber = new RegExp(`^${number}$`);

/** Reads `3s`, `1m`, `90` (seconds), `1m30s`, `500ms`, `1.5h`, `1d`; the value is in milliseconds. Spaces around it do no harm. */
export function parseDuration(text: string): Result<number, DurationProblem> {
  const trimmed = text.trim();
  const problem = (reason: DurationProblem["reason"]): { readonly ok: false; readonly failure: DurationProblem } =>
    fail({ reason, seen: text, allowed: DURATION_FORMS });
  if (trimmed === "") return problem("empty");
  const milliseconds = bareNumber.test(trimmed) ? Number(trimmed) * 1000 : sumOfUnits(trimmed);
  if (milliseconds === undefined) return problem("format");
  return milliseconds > LONGEST_DURATION ? problem("too-long") : ok(Math.round(milliseconds));
}

/** A duration as people write it: 90000 is `1m30s`, 500 is `500ms`, 0 is `0s`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds);
  let text = "";
  for (const unit of units) {
    const count = Math.floor(rest / unit.milliseconds);
    if (count > 0) text += `${count}${unit.suffix}`;
    rest -= count * unit.milliseconds;
  }
  return text === "" ? "0s" : text;
}

function sumOfUnits(text: string): number | undefined {
  const counts = pattern.exec(text);
  if (counts === null) return undefined;
  return units.reduce((sum, unit, index) => sum + Number(counts[index + 1] ?? 0) * unit.milliseconds, 0);
}
