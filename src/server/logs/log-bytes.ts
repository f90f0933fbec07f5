import type { Database } from "../store/database.ts";
import { chunksFrom } from "./stored-chunks.ts";

/** The stored log from any byte on, at most `limit` bytes of it, as they are needed. */
export async function* readBytes(db: Database, run: number, from: number, limit: number): AsyncGenerator<Buffer> {
  const end = from + limit;
  for await (const { start, bytes } of chunksFrom(db, run, from, end)) {
    const piece = bytes.subarray(Math.max(0, from - start), end - start);
    if (piece.length > 0) yield piece;
  }
}
