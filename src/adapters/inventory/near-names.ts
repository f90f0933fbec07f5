import { distance } from "fastest-levenshtein";
import { compareText } from "./python-text.ts";

const most = 5;

/** The names that were likely meant, nearest first: a few letters away, or one the beginning of the other. */
export function nearNames(name: string, names: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = [...new Set(names)].map((candidate) => {
    const seen = candidate.toLowerCase();
    const begins = wanted.length > 2 && seen.length > 2 && (seen.startsWith(wanted) || wanted.startsWith(seen));
    return { candidate, away: distance(wanted, seen), begins };
  });
  return ranked
    .filter(({ away, begins }) => away <= allowed || begins)
    .toSorted((a, b) => a.away - b.away || compareText(a.candidate, b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
