import { sql } from "kysely";
import { notification } from "../live/feed-message.ts";
import type { Database } from "../store/database.ts";
import { countLines, pack } from "./log-chunk.ts";
import type { RunPosition } from "./run-position.ts";

/** What a piece of log is to become: bytes to be stored, and the spool offset that is stored up to then. */
export interface LogPiece {
  readonly bytes: Buffer;
  readonly logRead: number;
  /** Something was left out, since the log has reached its limit. */
  readonly cut: boolean;
  readonly at: Date;
}

/** The position after a piece. */
export function afterPiece(position: RunPosition, { bytes, logRead, cut }: LogPiece): RunPosition {
  return {
    ...position,
    logRead,
    logBytes: position.logBytes + bytes.length,
    lineEnds: position.lineEnds + countLines(bytes),
    logCut: position.logCut || cut,
  };
}

/**
 * Stores a piece of log and moves the run's position, in one statement and so altogether or not at all. False: the
 * run's lease or position is another one, and nothing was done.
 */
export async function storeLog(
  db: Database,
  { run, lease }: { readonly run: number; readonly lease: number },
  before: RunPosition,
  after: RunPosition,
  { bytes, at }: LogPiece,
): Promise<boolean> {
  const { rows } = await sql`
    with moved as (
      update run set log_read = ${after.logRead}, log_bytes = ${after.logBytes}, log_lines = ${after.lineEnds},
        log_cut = run.log_cut or ${after.logCut}
      where id = ${run} and lease = ${lease} and log_read = ${before.logRead} and log_bytes = ${before.logBytes}
      returning id
    ), stored as (
      insert into log_chunk (run, start, length, first_line, lines, at, bytes)
      select id, ${before.logBytes}, ${bytes.length}::int, ${before.lineEnds},
        ${after.lineEnds - before.lineEnds}::int, ${at}::timestamptz, ${pack(bytes)}::bytea
      from moved where ${bytes.length}::int > 0
    )
    select ${notification({
      type: "log",
      run,
      request: before.request,
      start: before.logBytes,
      length: bytes.length,
      logBytes: after.logBytes,
      logLines: after.lineEnds,
    })} from moved`.execute(db);
  return rows.length > 0;
}
