import type { Masker } from "./masker.ts";

const NEWLINE = 10;
/** Longer lines and deeper values are no events of Gantry's; PostgreSQL has limits of its own for both. */
const LONGEST_LINE = 2 ** 20;
const DEEPEST = 50;
/** Fields whose values are words of the engine's own; masking a secret that is such a word would break the event. */
const WORDS: ReadonlySet<string> = new Set([
  "type",
  "kind",
  "reason",
  "for",
  "status",
  "verdict",
  "fate",
  "because",
  "mode",
  "hook",
  "shows",
  "mismatch",
  "at",
]);

export interface JournalLines {
  /** Events as JSON that a `jsonb` column takes, without secrets. */
  readonly events: readonly string[];
  /** Lines that are no events. */
  readonly broken: number;
  /** Bytes of whole lines. */
  readonly taken: number;
}

/** The events in the whole lines of these bytes; `last`: what is left at the end is a line, too. */
export function readJournal(bytes: Buffer, last: boolean, mask: Masker): JournalLines {
  const whole = bytes.lastIndexOf(NEWLINE) + 1;
  const taken = last || bytes.length - whole > LONGEST_LINE ? bytes.length : whole;
  const lines = bytes
    .subarray(0, taken)
    .toString("utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const events = lines.map((line) => readEvent(line, mask)).filter((event) => event !== undefined);
  return { events, broken: lines.length - events.length, taken };
}

function readEvent(line: string, mask: Masker): string | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  try {
    const event: unknown = JSON.parse(line, (key, value: unknown) =>
      typeof value === "string" ? storableText(WORDS.has(key) ? value : masked(value, mask)) : value,
    );
    const isEvent = typeof event === "object" && event !== null && "type" in event && typeof event.type === "string";
    return isEvent && isShallow(event, DEEPEST) ? JSON.stringify(event) : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

function masked(text: string, mask: Masker): string {
  return mask(Buffer.from(text), true).bytes.toString("utf8");
}

/** PostgreSQL's `jsonb` has no NUL and no half of a surrogate pair. */
function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\uFFFD");
}
