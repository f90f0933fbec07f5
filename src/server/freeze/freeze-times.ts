import { Cron } from "croner";
import type { FreezeWindow } from "../../contract/freeze-window.ts";

type When = FreezeWindow["when"];

export interface FreezeTime {
  readonly from: Date;
  readonly until: Date;
}

/** What is wrong with a cron expression of five fields; undefined: nothing, and it happens at some time. */
export function cronProblem(cron: string, timeZone: string): string | undefined {
  try {
    return beginnings(cron, timeZone, new Date())[0] === undefined ? "It never happens." : undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/^CronPattern: /, "");
  }
}

/** The times of a window that are not over yet, the earliest first; at most `count`. */
export function freezeTimes(when: When, at: Date, count: number): FreezeTime[] {
  if (when.kind === "range") {
    const time = { from: new Date(when.from), until: new Date(when.to) };
    return time.until > at ? [time] : [];
  }
  const length = when.minutes * 60_000;
  // Beginnings are found strictly after a time: one that began exactly `length` ago is over.
  return beginnings(when.cron, when.timeZone, new Date(at.getTime() - length), count).map((from) => ({
    from,
    until: new Date(from.getTime() + length),
  }));
}

/** Windows that follow each other are one to those who wait; of more than so many the end is left open. */
const JOINED = 50;

/**
 * Whether these windows freeze at that time: the one that does, and until when at least (without a gap, by whichever
 * windows come next).
 */
export function frozenAt<W extends { readonly when: When }>(
  windows: readonly W[],
  at: Date,
): { readonly window: W; readonly until: Date } | undefined {
  const first = longest(windows, at);
  if (first === undefined) return undefined;
  let { until } = first;
  for (let joined = 0; joined < JOINED; joined++) {
    const next = longest(windows, until);
    if (next === undefined) break;
    until = next.until;
  }
  return { window: first.window, until };
}

/** Of those in force, the one that ends last. */
function longest<W extends { readonly when: When }>(windows: readonly W[], at: Date) {
  const inForce = windows.flatMap((window) => {
    const until = endOf(window.when, at);
    return until === undefined ? [] : [{ window, until }];
  });
  return inForce.toSorted((one, other) => other.until.getTime() - one.until.getTime())[0];
}

/** When the time ends that is in force; of several of one expression the last that has begun ends last. */
function endOf(when: When, at: Date): Date | undefined {
  if (when.kind === "range") {
    const until = new Date(when.to);
    return new Date(when.from) <= at && at < until ? until : undefined;
  }
  // The one before the next second: one that begins at this moment counts.
  const [from] = schedule(when.cron, when.timeZone).previousRuns(1, new Date(at.getTime() + 1000));
  const until = from === undefined ? undefined : new Date(from.getTime() + when.minutes * 60_000);
  return until !== undefined && until > at ? until : undefined;
}

function beginnings(cron: string, timeZone: string, after: Date, count = 1): Date[] {
  return schedule(cron, timeZone).nextRuns(count, after);
}

function schedule(cron: string, timeZone: string): Cron {
  return new Cron(cron, { timezone: timeZone, mode: "5-part", paused: true });
}
