/** Seconds for which an answer is given again, and answers that are kept. */
const SECONDS = 5;
const MOST = 200;

/**
 * Remembers answers for a few seconds, so that many who look at the same figures cost as much as one; who asks while an
 * answer is being made waits for that one.
 */
export function latelyAnswered<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<T> }>();
  return (key, make) => {
    const now = performance.now();
    const found = kept.get(key);
    if (found !== undefined && found.until > now) return found.answer;
    for (const [other, { until }] of kept) if (until <= now || kept.size >= MOST) kept.delete(other);
    const answer = make();
    kept.set(key, { until: now + SECONDS * 1000, answer });
    // A failure is nobody else's answer.
    answer.catch(() => kept.delete(key));
    return answer;
  };
}
