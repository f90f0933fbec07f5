import type { EventType, RunEvent } from "../../engine/events.ts";

/** Signs of life of a wait or a download: shown, and kept only where somebody watches. */
const FLEETING: ReadonlySet<EventType> = new Set<EventType>(["step-progress", "step-waiting"]);

/** True for events that tell of nothing but that something goes on. */
export function isFleeting(event: RunEvent): event is Extract<RunEvent, { type: "step-progress" | "step-waiting" }> {
  return FLEETING.has(event.type);
}

/** Signs of life that pass in any second, of each host. */
const MOST = 4;
/** What repeats leaves so many for news, since a wait for something else may be told only once. */
const MOST_REPEATED = 2;

interface Passed {
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  readonly last: string;
}

/** Thins out signs of life: returns whether one may pass, at most 4 a second of each host. */
export function thinSignsOfLife(): (event: RunEvent) => boolean {
  const hosts = new Map<string, Passed>();
  return (event) => {
    if (!isFleeting(event)) return true;
    const now = Date.parse(event.at);
    const { times, last } = hosts.get(event.host) ?? { times: [], last: "" };
    const lately = times.filter((time) => Math.abs(now - time) < 1000);
    const told = `${event.step.number} ${event.type === "step-waiting" ? event.waiting.for : "progress"}`;
    if (lately.length >= (told === last ? MOST_REPEATED : MOST)) return false;
    hosts.set(event.host, { times: [...lately, now], last: told });
    return true;
  };
}
