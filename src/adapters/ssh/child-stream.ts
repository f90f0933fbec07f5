import { Duplex } from "node:stream";
import { endChild, signalChild, type Child } from "./child.ts";

const PATIENCE = 1000;

/**
 * A process's standard input and output as one stream, with the calls of net.Socket that HTTP clients make. Whoever
 * started the process feeds its output in by `receive`; `finish` when the process is gone.
 */
export class ChildStream extends Duplex {
  readonly #child: Child;

  constructor(child: Child) {
    // Like a socket: when the process has ended, so has the stream.
    super({ allowHalfOpen: false });
    this.#child = child;
  }

  receive(chunk: Buffer): void {
    if (this.destroyed || this.readableEnded) return;
    if (!this.push(chunk)) this.#child.stdout.pause();
  }

  /** The process is gone: the stream ends, or breaks when there is an error to tell. */
  finish(error?: Error): void {
    if (this.destroyed) return;
    if (error !== undefined) this.destroy(error);
    else this.push(null);
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#child.stdin.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#child.stdin.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#child.stdout.resume();
    signalChild(this.#child, "SIGTERM");
    void endChild(this.#child, PATIENCE);
    done(error);
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
