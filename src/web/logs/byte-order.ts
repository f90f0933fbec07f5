/** Bytes that are missing: from an offset up to, not including, another. */
export interface Hole {
  readonly from: number;
  readonly to: number;
}

/** Bytes of a log, and where they stand. */
export interface Piece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * Puts the pieces of a log into order: what is there already is dropped, what comes too early waits until the hole
 * before it is filled.
 */
export class ByteOrder {
  /** The offset of the next byte that is wanted. */
  next: number;
  /** What waits for the hole before it. */
  readonly early: Piece[] = [];
  /** The log is known to go up to here. */
  private end: number;

  constructor(next: number) {
    this.next = next;
    this.end = next;
  }

  /** Takes a piece from wherever; the bytes that can be used now, in order. */
  take(offset: number, bytes: Uint8Array): readonly Uint8Array[] {
    this.end = Math.max(this.end, offset + bytes.length);
    if (offset > this.next) {
      const at = this.early.findIndex((piece) => piece.offset > offset);
      this.early.splice(at < 0 ? this.early.length : at, 0, { offset, bytes });
      return [];
    }
    const ready: Uint8Array[] = [];
    this.use({ offset, bytes }, ready);
    while (this.early[0] !== undefined && this.early[0].offset <= this.next) {
      const [piece] = this.early.splice(0, 1);
      if (piece !== undefined) this.use(piece, ready);
    }
    return ready;
  }

  /** The log is known to be so long, though the bytes have not come. */
  reaches(end: number): void {
    this.end = Math.max(this.end, end);
  }

  /** What has to be read for the log to go on; undefined where nothing is missing. */
  hole(): Hole | undefined {
    const to = this.early[0]?.offset ?? this.end;
    return to > this.next ? { from: this.next, to } : undefined;
  }

  /** Bytes that wait for a hole to be filled. */
  get waiting(): number {
    return this.early.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  private use({ offset, bytes }: Piece, ready: Uint8Array[]): void {
    const known = this.next - offset;
    if (known >= bytes.length) return;
    ready.push(known === 0 ? bytes : bytes.subarray(known));
    this.next = offset + bytes.length;
  }
}
