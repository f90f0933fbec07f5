interface Card {
  readonly id: number;
}

/**
 * The cards that have been seen since the page was opened: those that are there now as they are now, those that are
 * gone in their old places, new ones at the end. The same array where nothing is new.
 */
export function cardsSeen<C extends Card>(seen: readonly C[], now: readonly C[]): readonly C[] {
  const current = new Map(now.map((card) => [card.id, card]));
  const known = new Set(seen.map(({ id }) => id));
  const added = now.filter(({ id }) => !known.has(id));
  if (added.length === 0 && seen.every((card) => (current.get(card.id) ?? card) === card)) return seen;
  return [...seen.map((card) => current.get(card.id) ?? card), ...added];
}
