import { distance } from "fastest-levenshtein";
import { compareText } from "./python-text.ts";

const most = 5;

/** The names that were likely meant, nearest first: a few letters away, or with the same beginning. */
export function nearNames(name: string, names: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = [...new Set(names)].map((candidate) => {
    const seen = candidate.toLowerCase();
    const enough = Math.max(3, Math.ceil(Math.min(wanted.length, seen.length) / 2));
    return {
      candidate,
      away: isSwapped(wanted, seen) ? 1 : distance(wanted, seen),
      begins: sharedStart(wanted, seen) >= enough,
    };
  });
  return ranked
    .filter(({ away, begins }) => away <= allowed || begins)
    .toSorted((a, b) => a.away - b.away || compareText(a.candidate, b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Two neighbouring letters in the wrong order are one slip. */
function isSwapped(a: string, b: string): boolean {
  const at = sharedStart(a, b);
  const swapped = a.slice(0, at) + a.charAt(at + 1) + a.charAt(at) + a.slice(at + 2);
  return a !== b && swapped === b;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
