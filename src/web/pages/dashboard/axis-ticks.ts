const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DURATION_STEPS = [
  1,
  2,
  5,
  10,
  15,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
];
const PART_STEPS = [0.02, 0.05, 0.1, 0.2, 0.25];
const MOST = 4;

/** Ticks of an axis of seconds: steps that people count time in. */
export function durationTicks(most: number): readonly number[] {
  return ticks(most, DURATION_STEPS.find((step) => most / step <= MOST) ?? HOUR * Math.ceil(most / HOUR / MOST));
}

/** Ticks of an axis of parts of one. */
export function partTicks(most: number): readonly number[] {
  return ticks(Math.max(most, 0.08), PART_STEPS.find((step) => most / step <= MOST) ?? 0.25);
}

function ticks(most: number, step: number): readonly number[] {
  return Array.from({ length: Math.max(1, Math.ceil(most / step - 1e-9)) + 1 }, (_, place) => place * step);
}
