import { sql } from "kysely";
import { notification } from "../live/feed-message.ts";
import type { Database } from "../store/database.ts";
import type { RunPosition } from "./run-position.ts";

/**
 * Stores events after those that are there and moves the run's position in the journal, in one statement. Events are
 * numbered by the run, since each Gantry command of a run begins at 1 again. False: the run's lease or position is
 * another one, and nothing was done.
 */
export async function storeEvents(
  db: Database,
  { run, lease }: { readonly run: number; readonly lease: number },
  before: RunPosition,
  after: RunPosition,
  events: readonly string[],
): Promise<boolean> {
  const tell = notification({
    type: "events",
    run,
    request: before.request,
    from: before.lastEvent + 1,
    to: after.lastEvent,
  });
  const { rows } = await sql`
    with moved as (
      update run set journal_read = ${after.journalRead}
      where id = ${run} and lease = ${lease} and journal_read = ${before.journalRead}
      returning id
    ), stored as (
      insert into run_event (run, seq, event)
      select id, ${before.lastEvent}::int + new.number, new.event::jsonb
      from moved, unnest(${[...events]}::text[]) with ordinality as new (event, number)
      on conflict do nothing
    )
    select ${events.length > 0 ? tell : sql`1`} from moved`.execute(db);
  return rows.length > 0;
}
