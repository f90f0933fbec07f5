import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";

/** A file that only grows; a write is in the file when the call returns, and on the disk after `sync`. */
export class AppendFile {
  readonly path: string;
  readonly #descriptor: number;

  /** Opens or creates the file; throws what the file system says. */
  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, "a", 0o644);
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    // On a disk that is nearly full a write may take only a part.
    for (let done = 0; done < bytes.length;) done += writeSync(this.#descriptor, bytes, done);
  }

  sync(): void {
    fsyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
