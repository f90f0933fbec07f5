import { fail, ok, type Result } from "./result.ts";

/** How many hosts one batch takes: a number of hosts, or a share of all hosts. */
type BatchSize =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "percent"; readonly percent: number };

/** Batch sizes in order; the last one repeats until no host is left. */
export type Serial = readonly [BatchSize, ...BatchSize[]];

/** Ways to write a serial, for messages. */
export const SERIAL_FORMS = ["1", "3", "25%", "1,25%,100%"] as const;

export interface SerialProblem {
  /** `zero`: Ansible takes 0 for "all hosts at once"; here that must be said as `100%`. */
  readonly reason: "empty" | "format" | "zero" | "percent-range";
  /** The entry at fault. */
  readonly seen: string;
  readonly allowed: readonly string[];
}

/** One host at a time: the default. */
export const ONE_BY_ONE: Serial = [{ kind: "count", count: 1 }];

/** Reads `1`, `50%`, `1,50%,100%`, or what JSON makes of `Serial`: 1, "25%", [1, "25%", "100%"]. */
export function parseSerial(value: string | number | readonly (string | number)[]): Result<Serial, SerialProblem> {
  const entries = (Array.isArray(value) ? value : [value]).flatMap((entry) => String(entry).split(","));
  const sizes: BatchSize[] = [];
  for (const entry of entries) {
    const size = parseBatchSize(entry.trim());
    if (!size.ok) return size;
    sizes.push(size.value);
  }
  const [first, ...more] = sizes;
  return first === undefined ? problem("empty", "") : ok([first, ...more]);
}

/** A serial as users type it: `1,25%,100%`. */
export function formatSerial(serial: Serial): string {
  return serial.map((size) => (size.kind === "count" ? String(size.count) : `${size.percent}%`)).join(",");
}

/**
 * The sizes of the batches that `hostCount` hosts fall into, by the rules of Ansible's `serial`
 * (PlaybookExecutor._get_serialized_batches and pct_to_int): a share is rounded down, at least one host, and counts
 * from all hosts, not from those left; the last entry repeats; the last batch takes what is left.
 */
export function batchSizes(serial: Serial, hostCount: number): number[] {
  const batches: number[] = [];
  let left = hostCount;
  let size = 1;
  for (let index = 0; left > 0; index += 1) {
    const entry = serial[index];
    if (entry !== undefined) size = hostsOf(entry, hostCount);
    batches.push(Math.min(size, left));
    left -= size;
  }
  return batches;
}

/** In the order of Ansible's own arithmetic, so that rounding is the same (29 % of 100 hosts are 28). */
function hostsOf(size: BatchSize, hostCount: number): number {
  if (size.kind === "count") return size.count;
  return Math.max(1, Math.trunc((size.percent / 100) * hostCount));
}

function parseBatchSize(entry: string): Result<BatchSize, SerialProblem> {
  if (entry === "") return problem("empty", entry);
  const match = /^(\d{1,9})(%?)$/.exec(entry);
  if (match === null) return problem("format", entry);
  const amount = Number(match[1]);
  if (match[2] === "%") {
    return amount < 1 || amount > 100 ? problem("percent-range", entry) : ok({ kind: "percent", percent: amount });
  }
  return amount === 0 ? problem("zero", entry) : ok({ kind: "count", count: amount });
}

function problem(
  reason: SerialProblem["reason"],
  seen: string,
): { readonly ok: false; readonly failure: SerialProblem } {
  return fail({ reason, seen, allowed: SERIAL_FORMS });
}
