/** As migrations/history.ts has them: each step is longer by the square root of 2, the first begins at a quarter second. */
const STEPS = 38;
const FIRST = 0.25;

/** How many runs took how long: counts by step, the first at place 0. */
export type DurationSteps = number[];

export function noDurations(): DurationSteps {
  return Array.from({ length: STEPS }, () => 0);
}

/** Adds counts of steps; steps are numbered from 1. */
export function addDurations(to: DurationSteps, steps: readonly number[], counts: readonly number[]): void {
  for (const [place, step] of steps.entries()) to[step - 1] = (to[step - 1] ?? 0) + (counts[place] ?? 0);
}

/** Seconds below which this part of the runs stayed, as if they were spread evenly in each step; null: no runs. */
export function quantile(durations: DurationSteps, part: number): number | null {
  const total = durations.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = part * total;
  for (const [place, count] of durations.entries()) {
    if (count > 0 && left <= count) return rounded(secondsAt(place, left / count));
    left -= count;
  }
  return rounded(secondsAt(STEPS, 0));
}

function secondsAt(place: number, within: number): number {
  return FIRST * 2 ** ((place + within) / 2);
}

/** Three digits say all that a step can. */
function rounded(seconds: number): number {
  return Number(seconds.toPrecision(3));
}
