import type { RunEvent } from "../../engine/events.ts";
import type { Database } from "../store/database.ts";

export interface NumberedEvent {
  /** Number in the run, from 1; events of several Gantry commands follow one another. */
  readonly seq: number;
  readonly event: RunEvent;
}

/** Events of a run after one of them, oldest first. */
export async function readEvents(db: Database, run: number, after: number, limit: number): Promise<NumberedEvent[]> {
  return db
    .selectFrom("run_event")
    .select(["seq", "event"])
    .where("run", "=", run)
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute();
}
