import { setTimeout as delay } from "node:timers/promises";

/** Seconds for which an answer is new, and for which an older one is given while a new one is made. */
const NEW = 5;
const USABLE = 20;
/** How many times as long as each part of the work took nothing is done then. */
const PAUSE = 3;
/** Answers that are kept. */
const MOST = 200;

const atOnce = (): Promise<void> => Promise.resolve();

/** Makes an answer; `pause` is called after each part of the work. */
export type Make<T> = (pause: () => Promise<void>) => Promise<T>;

interface Kept<T> {
  readonly at: number;
  readonly answer: Promise<T>;
  isRenewed: boolean;
}

/**
 * Remembers answers for some seconds, so that many who look at the same figures cost as much as one. Who asks while the
 * first answer is being made waits for it; nobody waits for a later one while the last is usable. Those are made one
 * after the other and with pauses, however many are asked for.
 */
export function latelyAnswered<T>(): (key: string, make: Make<T>) => Promise<T> {
  const kept = new Map<string, Kept<T>>();
  let renewals: Promise<unknown> = Promise.resolve();
  const keep = (key: string, answer: Promise<T>): Promise<T> => {
    kept.set(key, { at: performance.now(), answer, isRenewed: false });
    // A failure is nobody else's answer.
    answer.catch(() => kept.delete(key));
    return answer;
  };
  const renew = async (key: string, make: Make<T>): Promise<void> => {
    let began = performance.now();
    const pause = async (): Promise<void> => {
      await delay(Math.max(1, PAUSE * (performance.now() - began)), undefined, { ref: false });
      began = performance.now();
    };
    await make(pause).then(
      (answer) => keep(key, Promise.resolve(answer)),
      () => kept.delete(key),
    );
  };
  return (key, make) => {
    const age = ({ at }: Kept<T>): number => (performance.now() - at) / 1000;
    const found = kept.get(key);
    if (found === undefined || age(found) > USABLE) {
      for (const [other, answer] of kept) if (age(answer) > USABLE || kept.size >= MOST) kept.delete(other);
      return keep(key, make(atOnce));
    }
    if (age(found) > NEW && !found.isRenewed) {
      found.isRenewed = true;
      renewals = renewals.then(() => renew(key, make));
    }
    return found.answer;
  };
}
