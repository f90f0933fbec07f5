import { Secret } from "../../domain/secret.ts";
import type { Database } from "../store/database.ts";
import { readBytes } from "./log-bytes.ts";
import { createLogWriter, type LogWriter, type LogWriterParts } from "./log-writer.ts";

type Given = Pick<LogWriterParts, "db" | "run"> & Partial<Omit<LogWriterParts, "secrets">>;

/** A writer with lease 1 and no secrets, unless told otherwise. */
export function openWriter({
  secrets = [],
  ...given
}: Given & { readonly secrets?: readonly string[] }): Promise<LogWriter> {
  return createLogWriter({
    lease: 1,
    limit: 2 ** 30,
    at: () => new Date(),
    signal: new AbortController().signal,
    secrets: secrets.map((secret) => new Secret(secret)),
    ...given,
  });
}

/** Gives a writer the spool's bytes that it has not got yet, in pieces of some size. */
export async function feed(
  writer: LogWriter,
  kind: "log" | "journal",
  spool: Buffer,
  piece = 64 * 1024,
): Promise<void> {
  for (let offset = writer.from[kind]; offset < spool.length; offset += piece)
    await writer.write({ kind, offset, bytes: spool.subarray(offset, offset + piece) });
}

/** Stores a whole log in chunks that end at these places, and more where these are far apart. */
export async function storeLogInPieces(
  db: Database,
  run: number,
  pieces: readonly Buffer[],
  ended = true,
): Promise<void> {
  const writer = await openWriter({ db, run });
  let offset = writer.from.log;
  for (const bytes of pieces) {
    await writer.write({ kind: "log", offset, bytes });
    await writer.flush();
    offset += bytes.length;
  }
  if (ended) await writer.end();
}

export async function storedLog(db: Database, run: number, from = 0, limit = Infinity): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readBytes(db, run, from, limit)) pieces.push(piece);
  return Buffer.concat(pieces);
}
