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

/** Bytes of log that are read with one query: some large chunks, or very many small ones. */
const WINDOW = 2 * 2 ** 20;

/**
 * The chunks of a run's log from the one with this byte on, in order, up to the end or to the chunk with the last byte
 * before `end`. Others get their turn between two chunks, and the next ones are read while these are worked on.
 */
export async function* chunksFrom(db: Database, run: number, byte: number, end: number): AsyncGenerator<Chunk> {
  let next = readWindow(db, run, byte, end);
  // A reader that stops early must not leave a failed query that nobody has waited for.
  const ignoreUnused = (): void => void next.catch(() => {});
  ignoreUnused();
  for (;;) {
    const rows = await next;
    const last = rows.at(-1);
    if (last === undefined) return;
    next = readWindow(db, run, last.start + last.length, end);
    ignoreUnused();
    for (const { start, length, first_line: firstLine, lines, at, bytes } of rows) {
      yield { start, bytes: unpack(bytes, length), firstLine, lines, at };
      await eventLoop();
    }
  }
}

async function readWindow(db: Database, run: number, byte: number, end: number) {
  if (byte >= end) return [];
  return db
    .selectFrom("log_chunk")
    .select(["start", "length", "first_line", "lines", "at", "bytes"])
    .where("run", "=", run)
    .where("start", ">=", (eb) =>
      eb
        .selectFrom("log_chunk as holding")
        .select("holding.start")
        .where("holding.run", "=", run)
        .where("holding.start", "<=", byte)
        .orderBy("holding.start", "desc")
        .limit(1),
    )
    .where("start", "<", Math.min(end, byte + WINDOW))
    .where((eb) => eb(eb("start", "+", eb.ref("length")), ">", byte))
    .orderBy("start")
    .execute();
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
