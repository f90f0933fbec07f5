import { setTimeout as sleep } from "node:timers/promises";
import type { Viewer } from "./viewer.ts";

/** Milliseconds for which all wait for those who are behind; these are not waited for again until they have caught up. */
const PATIENCE = 250;
const LOOK_EVERY = 3;

/**
 * Waits until at least half of the viewers have room for more, so that a fast log fills no buffers and makes no holes
 * when it is the server that cannot send any faster. A few slow viewers are not waited for.
 */
export async function fairPace(viewers: ReadonlySet<Viewer>): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const counted = [...viewers].filter((viewer) => !viewer.isSlow());
    const behind = counted.filter((viewer) => !viewer.hasRoom());
    if (behind.length * 2 <= counted.length) return;
    if (performance.now() > deadline) {
      for (const viewer of behind) viewer.giveUp();
      return;
    }
    await sleep(LOOK_EVERY);
  }
}
