import type { LogLines } from "../../contract/requests.ts";
import type { Database } from "../store/database.ts";
import { createLinePage } from "./line-page.ts";
import { chunkOfLine, chunksFrom, readLogEnd } from "./stored-chunks.ts";

/**
 * Lines of a run's log from a line number on; a negative one counts from the end. A last line that has no end yet is
 * among them, though `totalLines` counts it only once the run has ended. A line of more than 64 KiB is cut, with a mark
 * that says how many bytes are left out; fewer than `limit` lines come where they are more than 4 MiB altogether.
 * Undefined: there is no such run.
 */
export async function readLines(db: Database, run: number, line: number, limit: number): Promise<LogLines | undefined> {
  const end = await readLogEnd(db, run);
  if (end === undefined) return undefined;
  const all = end.lineEnds + (end.open ? 1 : 0);
  const first = line < 0 ? Math.max(0, all + line) : Math.min(line, all);
  const page = createLinePage(first, limit, line < 0 ? "last" : "first");
  for (let from: number | undefined = await chunkOfLine(db, run, first); from !== undefined;) {
    let skipTo: number | undefined;
    for await (const chunk of chunksFrom(db, run, from, end.bytes)) {
      page.take(chunk);
      if (page.full) break;
      if (page.skipping === undefined) continue;
      const ending = await chunkOfLine(db, run, page.skipping + 1);
      if (ending <= chunk.start + chunk.bytes.length) continue;
      skipTo = ending;
      break;
    }
    from = skipTo;
  }
  page.end(end.bytes);
  return {
    firstLine: page.firstLine,
    firstByte: page.firstByte ?? end.bytes,
    lines: page.lines.map(({ text }) => text),
    times: page.lines.map(({ at }) => at),
    totalLines: end.lines,
    totalBytes: end.bytes,
  };
}
