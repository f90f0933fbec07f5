import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

const NEWLINE = 10;
/** What zstd output begins with (RFC 8878, 3.1.1). */
const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** Less is not worth a compressor. */
const SMALLEST = 200;

/** A chunk's bytes as they are stored: compressed where that makes them smaller, else as they are. */
export function pack(bytes: Buffer): Buffer {
  const alreadyLooksPacked = bytes.subarray(0, MAGIC.length).equals(MAGIC);
  if (bytes.length < SMALLEST && !alreadyLooksPacked) return bytes;
  const packed = zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  return packed.length < bytes.length || alreadyLooksPacked ? packed : bytes;
}

/** A chunk's bytes as they were; `length` is how many. */
export function unpack(stored: Buffer, length: number): Buffer {
  if (!stored.subarray(0, MAGIC.length).equals(MAGIC)) return stored;
  return zstdDecompressSync(stored, { chunkSize: Math.max(length, 64), maxOutputLength: Math.max(length, 64) });
}

/** How many lines end in these bytes. */
export function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

export function endsInMidLine(bytes: Buffer): boolean {
  return bytes.length > 0 && bytes[bytes.length - 1] !== NEWLINE;
}
