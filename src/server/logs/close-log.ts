import { sql } from "kysely";
import type { Database } from "../store/database.ts";
import { endsInMidLine, unpack } from "./log-chunk.ts";

export interface ClosedLog {
  readonly logBytes: number;
  readonly logLines: number;
  readonly logCut: boolean;
}

/** Marks a run's log as cut: its place has left something out. False: the lease is another one. */
export async function markCut(db: Database, run: number, lease: number): Promise<boolean> {
  const changed = await db
    .updateTable("run")
    .set({ log_cut: true })
    .where("id", "=", run)
    .where("lease", "=", lease)
    .returning("id")
    .execute();
  return changed.length > 0;
}

/** Counts the lines of a whole log, with a last one that has no end; undefined: the lease is another one. */
export async function closeLog(db: Database, run: number, lease: number): Promise<ClosedLog | undefined> {
  const last = await db
    .selectFrom("log_chunk")
    .select(["length", "first_line", "lines", "bytes"])
    .where("run", "=", run)
    .orderBy("start", "desc")
    .limit(1)
    .executeTakeFirst();
  const ends = last === undefined ? 0 : last.first_line + last.lines;
  const open = last !== undefined && endsInMidLine(unpack(last.bytes, last.length)) ? 1 : 0;
  const row = await db
    .updateTable("run")
    .set({ log_lines: sql<number>`${ends + open}::bigint` })
    .where("id", "=", run)
    .where("lease", "=", lease)
    .returning(["log_bytes", "log_lines", "log_cut"])
    .executeTakeFirst();
  return row && { logBytes: row.log_bytes, logLines: row.log_lines, logCut: row.log_cut };
}
