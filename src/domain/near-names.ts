/**
 * The candidates that were most likely meant, nearest first: those that begin with what was typed, or differ in no more
 * than a third of their letters. Case makes no difference.
 */
export function nearNames(seen: string, candidates: Iterable<string>, count = 3): readonly string[] {
  const wanted = seen.toLowerCase();
  return [...new Set(candidates)]
    .map((name) => ({ name, edits: editsTo(wanted, name.toLowerCase()), most: mostEdits(wanted, name) }))
    .filter(({ edits, most }) => edits <= most)
    .toSorted((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

function editsTo(wanted: string, name: string): number {
  if (wanted.length >= 3 && name.startsWith(wanted)) return 1;
  // As many letters as one is longer must be inserted: no need to count the others.
  const more = Math.abs(wanted.length - name.length);
  return more > mostEdits(wanted, name) ? more : distance(wanted, name);
}

function mostEdits(wanted: string, name: string): number {
  return Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3));
}

/** Letters to insert, remove, replace or swap with their neighbours (Damerau's distance, each place changed once). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && swapped) edits = Math.min(edits, at(before, column - 2) + 1);
      current.push(edits);
    }
    before = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
