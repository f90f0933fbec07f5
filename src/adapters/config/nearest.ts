import { distance } from "fastest-levenshtein";

/** The candidates most like `word`, best first, at most `count`; those that differ in more than a third are left out. */
export function nearestNames(word: string, candidates: readonly string[], count = 3): readonly string[] {
  const wanted = word.toLowerCase();
  return candidates
    .map((name) => ({ name, edits: editsTo(wanted, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(2, Math.floor(Math.max(word.length, name.length) / 3)))
    .toSorted((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

export function nearestName(word: string, candidates: readonly string[]): string | undefined {
  return nearestNames(word, candidates, 1)[0];
}

/** A name that starts with what was typed is nearer than its length says. */
function editsTo(wanted: string, name: string): number {
  return wanted.length >= 3 && name.startsWith(wanted) ? 1 : distance(wanted, name);
}
