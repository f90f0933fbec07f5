import type { EventType, RunEvent } from "../../engine/events.ts";
import type { AppendFile } from "./log-files.ts";

/** Signs of life of a wait or a download: shown, not kept. */
const FLEETING: ReadonlySet<EventType> = new Set<EventType>(["step-progress", "step-waiting"]);

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
    if (FLEETING.has(event.type)) return;
    file.write(`${JSON.stringify(event)}\n`);
    if (DURABLE.has(event.type) || changesHost(event)) file.sync();
  };
}

function changesHost(event: RunEvent): boolean {
  if (event.type !== "step-started" && event.type !== "step-finished") return false;
  return event.step.kind === "stop" || event.step.kind === "run" || event.step.kind === "start";
}
