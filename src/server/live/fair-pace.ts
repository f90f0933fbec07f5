import { setTimeout as sleep } from "node:timers/promises";
import type { Viewer } from "./viewer.ts";

/**
 * Milliseconds for which viewers are waited for when half of them are ready, or as long as that half has taken where
 * that is longer: then it is the server or the machine that is slow.
 */
const PATIENCE = 1000;
/** Milliseconds after which it goes on even if nobody is ready: they are all slow. */
const LONGEST = 3000;
const LOOK_EVERY = 3;

/**
 * Waits until the viewers have room for more, so that a fast log makes no holes where all can only be served a little
 * slower. Those who are much slower than others are not waited for again for a while.
 */
export async function fairPace(viewers: ReadonlySet<Viewer>): Promise<void> {
  const began = performance.now();
  let halfReady: number | undefined;
  for (;;) {
    const counted = [...viewers].filter((viewer) => !viewer.isSlow());
    const behind = counted.filter((viewer) => !viewer.hasRoom());
    if (behind.length === 0) return;
    const waited = performance.now() - began;
    if (behind.length * 2 <= counted.length) halfReady ??= waited;
    if (waited > LONGEST || (halfReady !== undefined && waited > halfReady + Math.max(PATIENCE, halfReady))) {
      for (const viewer of behind) viewer.giveUp();
      return;
    }
    await sleep(LOOK_EVERY);
  }
}
