import type { EventType, RunEvent } from "../../engine/events.ts";
import type { AppendFile } from "./append-file.ts";
import { isFleeting, thinSignsOfLife } from "./signs-of-life.ts";

/** Events after which something on a host is, or is about to be, different: on the disk before the run goes on. */
const DURABLE: ReadonlySet<EventType> = new Set<EventType>([
  "planned",
  "batch-started",
  "step-failed",
  "host-rescue",
  "host-finished",
  "run-finished",
]);

/** Keeps the events of a run in a file, so that what happened survives a crash of this process or machine. */
export function keepJournal(file: AppendFile): (event: RunEvent) => void {
  return (event) => {
    if (!isFleeting(event)) keep(event, file);
  };
}

/** The same for somebody who watches the file: signs of life are in it too, thinned out. */
export function keepLiveJournal(file: AppendFile): (event: RunEvent) => void {
  const passes = thinSignsOfLife();
  return (event) => {
    if (passes(event)) keep(event, file);
  };
}

function keep(event: RunEvent, file: AppendFile): void {
  file.write(`${JSON.stringify(event)}\n`);
  if (DURABLE.has(event.type) || changesHost(event)) file.sync();
}

function changesHost(event: RunEvent): boolean {
  if (event.type !== "step-started" && event.type !== "step-finished") return false;
  return event.step.kind === "stop" || event.step.kind === "run" || event.step.kind === "start";
}
