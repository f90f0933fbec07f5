const LIMIT = 10 * 1024 * 1024;

/** What a program printed, at most 10 MB; the rest is dropped and a last line says so. */
export class CollectedOutput {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #cut = false;

  push(chunk: Buffer): void {
    const room = LIMIT - this.#length;
    if (chunk.length > room) this.#cut = true;
    if (room <= 0) return;
    const kept = chunk.subarray(0, room);
    this.#chunks.push(kept);
    this.#length += kept.length;
  }

  /** The output as UTF-8; characters may lie across chunks. */
  text(): string {
    const text = Buffer.concat(this.#chunks).toString("utf8");
    return this.#cut ? `${text}\n[output cut after ${LIMIT / 1024 / 1024} MB]\n` : text;
  }
}
