import { closest, distance } from "fastest-levenshtein";

/** The candidate that was most likely meant, if one is near enough. */
export function nearest(seen: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const best = closest(seen, [...candidates]);
  return distance(seen, best) <= Math.max(2, Math.floor(seen.length / 3)) ? best : undefined;
}
