import type { SignedIn } from "./signed-in.ts";

/**
 * Milliseconds for which reading calls of a session take its caller from the last look. A page makes many calls at once.
 * Whoever changes something is looked up each time, and every change that goes through this server is seen at once; so
 * this is how long another server's changes may go unseen.
 */
const LATELY = 250;
/** Sessions that are remembered. */
const MOST = 1000;

/** What has been looked up about a caller that is remembered. */
const about = new WeakMap<SignedIn, Map<string, Promise<unknown>>>();

/** Callers of the last moment. */
export interface LatelySignedIn {
  /** The caller of this session from the last moment, or from a new look; one that is not found is not remembered. */
  find(session: string, look: () => Promise<SignedIn | undefined>): Promise<SignedIn | undefined>;
  /** To be called before a change is answered: all callers are looked up anew. */
  forget(): void;
}

export function latelySignedIn(): LatelySignedIn {
  const kept = new Map<string, { readonly at: number; readonly caller: Promise<SignedIn | undefined> }>();
  return {
    find: (session, look) => {
      const found = kept.get(session);
      if (found !== undefined && performance.now() - found.at < LATELY) return found.caller;
      if (kept.size >= MOST) kept.clear();
      const looked = { at: performance.now(), caller: look() };
      kept.set(session, looked);
      const drop = (): void => {
        if (kept.get(session) === looked) kept.delete(session);
      };
      looked.caller.then((caller) => (caller === undefined ? drop() : void about.set(caller, new Map())), drop);
      return looked.caller;
    },
    forget: () => kept.clear(),
  };
}

/** What a look-up about the caller gives; where the caller is remembered, the look-up is, too. */
export function remembered<T>(caller: SignedIn, what: string, look: () => Promise<T>): Promise<T> {
  const known = about.get(caller);
  if (known === undefined) return look();
  const found = known.get(what) ?? look();
  known.set(what, found);
  return found as Promise<T>;
}
