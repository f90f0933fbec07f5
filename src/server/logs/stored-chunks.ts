import { setImmediate as eventLoop } from "node:timers/promises";
import type { Database } from "../store/database.ts";
import { unpack } from "./log-chunk.ts";

/** A piece of a stored log: `start` is its byte offset, `firstLine` how many lines have ended before it. */
export interface Chunk {
  readonly start: number;
  readonly bytes: Buffer;
  readonly firstLine: number;
  readonly lines: number;
  readonly at: Date;
}

/** Bytes of log that are read with one query, as far as the chunks before tell, and the fewest and most chunks. */
const WINDOW = 2 * 2 ** 20;
const ROWS = { fewest: 8, most: 200 };
/** Bytes after which others get their turn; a chunk counts as some, however small it is. */
const TURN = 128 * 1024;
const CHUNK = 1024;

/**
 * The chunks of a run's log from the one with this byte on, in order, up to the end or to the chunk with the last byte
 * before `end`. Others get their turn in between, and the next ones are read while these are worked on.
 */
export async function* chunksFrom(db: Database, run: number, byte: number, end: number): AsyncGenerator<Chunk> {
  const first = await chunkOfByte(db, run, byte);
  if (first === undefined) return;
  let next = readChunks(db, run, first, end, ROWS.fewest);
  // A reader that stops early must not leave a failed query that nobody has waited for.
  const ignoreUnused = (): void => void next.catch(() => {});
  ignoreUnused();
  let worked = 0;
  for (;;) {
    const rows = await next;
    const [head, last] = [rows[0], rows.at(-1)];
    if (head === undefined || last === undefined) return;
    const behind = last.start + last.length;
    const inWindow = Math.ceil((WINDOW * rows.length) / (behind - head.start));
    next = readChunks(db, run, behind, end, Math.min(ROWS.most, Math.max(ROWS.fewest, inWindow)));
    ignoreUnused();
    for (const { start, length, first_line: firstLine, lines, at, bytes } of rows) {
      yield { start, bytes: unpack(bytes, length), firstLine, lines, at };
      worked += length + CHUNK;
      if (worked < TURN) continue;
      worked = 0;
      await eventLoop();
    }
  }
}

async function chunkOfByte(db: Database, run: number, byte: number): Promise<number | undefined> {
  const row = await db
    .selectFrom("log_chunk")
    .select(["start", "length"])
    .where("run", "=", run)
    .where("start", "<=", byte)
    .orderBy("start", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined || row.start + row.length <= byte ? undefined : row.start;
}

async function readChunks(db: Database, run: number, start: number, end: number, limit: number) {
  if (start >= end) return [];
  const rows = await db
    .selectFrom("log_chunk")
    .select(["start", "length", "first_line", "lines", "at", "bytes"])
    .where("run", "=", run)
    .where("start", ">=", start)
    .orderBy("start")
    .limit(limit)
    .execute();
  return rows.filter((row) => row.start < end);
}

/**
 * Where the chunk begins in which this many lines have ended first, or 0. Where fewer have ended: the last chunk.
 */
export async function chunkOfLine(db: Database, run: number, line: number): Promise<number> {
  const row = await db
    .selectFrom("log_chunk")
    .select("start")
    .where("run", "=", run)
    .where("first_line", "<", line)
    .orderBy("first_line", "desc")
    .orderBy("start", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.start ?? 0;
}

/** Where the log of a run ends now. */
export interface LogEnd {
  readonly bytes: number;
  /** Lines that have ended. */
  readonly lineEnds: number;
  /** A last line that has not ended is there. */
  readonly open: boolean;
  /** Lines as the run counts them: the open one is among them once the run has ended. */
  readonly lines: number;
}

/** The end of a run's log; undefined where there is no such run. */
export async function readLogEnd(db: Database, run: number): Promise<LogEnd | undefined> {
  const row = await db
    .selectFrom("run")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("log_chunk")
          .select(["start", "length", "first_line", "lines", "bytes"])
          .whereRef("log_chunk.run", "=", "run.id")
          .orderBy("start", "desc")
          .limit(1)
          .as("chunk"),
      (join) => join.onTrue(),
    )
    .select(["log_lines", "chunk.start", "chunk.length", "chunk.first_line", "chunk.lines", "chunk.bytes"])
    .where("id", "=", run)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { start, length, first_line: firstLine, lines, bytes } = row;
  if (start === null || length === null || firstLine === null || lines === null || bytes === null)
    return { bytes: 0, lineEnds: 0, open: false, lines: row.log_lines };
  const text = unpack(bytes, length);
  return { bytes: start + length, lineEnds: firstLine + lines, open: text[length - 1] !== 10, lines: row.log_lines };
}
