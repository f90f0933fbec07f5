import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../engine/ports.ts";

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    try {
      await delay(milliseconds, undefined, signal ? { signal } : {});
    } catch {
      // Aborted: whoever waits looks at the signal.
    }
  },
};
