import type { Database } from "../store/database.ts";

/** Another worker has taken the run over: what this one does to it no longer counts. */
export class LeaseLost extends Error {
  constructor(run: number) {
    super(`Run ${run} has been taken over by another worker.`);
    this.name = "LeaseLost";
  }
}

/** How far a run's log and journal are stored: all that a writer has to know to go on where another has stopped. */
export interface RunPosition {
  readonly request: number;
  /** Offsets in the spool up to which everything is stored. */
  readonly logRead: number;
  readonly journalRead: number;
  readonly logBytes: number;
  /** Line ends in the stored log; `log_lines` also counts a last line without one, once the run has ended. */
  readonly lineEnds: number;
  readonly logCut: boolean;
  /** Number of the last stored event; 0 where there is none. */
  readonly lastEvent: number;
}

/** Reads a run's position; undefined where the lease is no longer that. */
export async function readPosition(db: Database, run: number, lease: number): Promise<RunPosition | undefined> {
  const row = await db
    .selectFrom("run")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("log_chunk")
          .select(["first_line", "lines"])
          .whereRef("log_chunk.run", "=", "run.id")
          .orderBy("start", "desc")
          .limit(1)
          .as("chunk"),
      (join) => join.onTrue(),
    )
    .select(["request", "log_read", "journal_read", "log_bytes", "log_cut", "chunk.first_line", "chunk.lines"])
    .select((eb) =>
      eb
        .selectFrom("run_event")
        .select((event) => event.fn.max("seq").as("seq"))
        .whereRef("run_event.run", "=", "run.id")
        .as("last_event"),
    )
    .where("id", "=", run)
    .where("lease", "=", lease)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    request: row.request,
    logRead: row.log_read,
    journalRead: row.journal_read,
    logBytes: row.log_bytes,
    lineEnds: (row.first_line ?? 0) + (row.lines ?? 0),
    logCut: row.log_cut,
    lastEvent: row.last_event ?? 0,
  };
}
