/** As migrations/history.ts has them: each step is longer by the square root of 2, the first begins at a quarter second. */
const STEPS = 38;
const FIRST = 0.25;
/** Digits that a step's count has, as migrations/request-durations.ts has them. */
const DIGITS = 7;
const ZERO = "0".charCodeAt(0);

const NONE = Array.from({ length: STEPS }, () => 0);

/** How many runs took how long: counts by step, the first at place 0. */
export type DurationSteps = number[];

export function noDurations(): DurationSteps {
  return NONE.slice();
}

/** Counts out of a number that has a count in each DIGITS of its digits, the first step's at the end. */
export function readDurations(text: string): DurationSteps {
  const steps = noDurations();
  let worth = 1;
  for (let place = 0; place < text.length; place += 1) {
    if (place % DIGITS === 0) worth = 1;
    const step = Math.floor(place / DIGITS);
    steps[step] = (steps[step] ?? 0) + worth * (text.charCodeAt(text.length - 1 - place) - ZERO);
    worth *= 10;
  }
  return steps;
}

/** Adds counts of steps. */
export function addDurations(to: DurationSteps, more: DurationSteps): void {
  for (let step = 0; step < STEPS; step += 1) to[step] = (to[step] ?? 0) + (more[step] ?? 0);
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
