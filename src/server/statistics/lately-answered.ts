/** Seconds for which an answer is new, and for which an older one is given while a new one is made. */
const NEW = 5;
const USABLE = 20;
/** Answers that are kept. */
const MOST = 200;

interface Kept<T> {
  readonly at: number;
  readonly answer: Promise<T>;
  isRenewed: boolean;
}

/**
 * Remembers answers for some seconds, so that many who look at the same figures cost as much as one. Who asks while the
 * first answer is being made waits for it; nobody waits for a later one while the last is usable. Those are made one
 * after the other, however many are asked for.
 */
export function latelyAnswered<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Kept<T>>();
  let renewals: Promise<unknown> = Promise.resolve();
  const keep = (key: string, answer: Promise<T>): Promise<T> => {
    kept.set(key, { at: performance.now(), answer, isRenewed: false });
    // A failure is nobody else's answer.
    answer.catch(() => kept.delete(key));
    return answer;
  };
  return (key, make) => {
    const age = ({ at }: Kept<T>): number => (performance.now() - at) / 1000;
    const found = kept.get(key);
    if (found === undefined || age(found) > USABLE) {
      for (const [other, answer] of kept) if (age(answer) > USABLE || kept.size >= MOST) kept.delete(other);
      return keep(key, make());
    }
    if (age(found) > NEW && !found.isRenewed) {
      found.isRenewed = true;
      renewals = renewals.then(make).then(
        (answer) => keep(key, Promise.resolve(answer)),
        () => kept.delete(key),
      );
    }
    return found.answer;
  };
}
