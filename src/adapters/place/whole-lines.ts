/** Lines longer than this are handed on in pieces. */
const LONGEST = 16 * 1024 * 1024;

export interface LineBytes {
  readonly offset: number;
  readonly bytes: Buffer;
}

/** Makes whole lines of the pieces of a file; what follows the last line end waits for the rest of its line. */
export class WholeLines {
  /** Where the lines that were handed out end. */
  offset: number;
  #rest: Buffer[] = [];
  #length = 0;

  constructor(offset: number) {
    this.offset = offset;
  }

  /** Where the next piece has to begin. */
  get next(): number {
    return this.offset + this.#length;
  }

  /** Takes the next piece; returns the lines that are whole now. */
  push(piece: Buffer): LineBytes | undefined {
    const end = piece.lastIndexOf(10) + 1;
    this.#rest.push(end === 0 ? piece : piece.subarray(0, end));
    this.#length += this.#rest.at(-1)?.length ?? 0;
    if (end === 0 && this.#length < LONGEST) return undefined;
    const lines = { offset: this.offset, bytes: Buffer.concat(this.#rest) };
    this.offset += lines.bytes.length;
    const tail = piece.subarray(end);
    this.#rest = end === 0 || tail.length === 0 ? [] : [tail];
    this.#length = end === 0 ? 0 : tail.length;
    return lines;
  }
}
