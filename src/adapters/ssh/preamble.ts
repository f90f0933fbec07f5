import { randomBytes } from "node:crypto";
import type { Readable, Writable } from "node:stream";
import type { Secret } from "../../domain/secret.ts";
import { lastWords } from "./connect-failure.ts";
import { ASKED, STARTED } from "./remote-scripts.ts";

/** A word that no program prints by chance. */
export function randomMarker(): string {
  return `gantry-${randomBytes(12).toString("hex")}`;
}

/** Drops what a stream holds up to its start line. */
class StartLine {
  readonly #line: string;
  #before = Buffer.alloc(0);
  #seen = false;

  constructor(marker: string) {
    this.#line = `${marker}${STARTED}\n`;
  }

  get seen(): boolean {
    return this.#seen;
  }

  /** What came before the start line, or all so far. */
  get before(): string {
    return this.#before.toString("utf8");
  }

  /** The bytes that belong to the program; undefined while there are none. */
  push(chunk: Buffer): Buffer | undefined {
    if (this.#seen) return chunk;
    const all = Buffer.concat([this.#before, chunk]);
    const at = all.indexOf(this.#line);
    if (at < 0) {
      this.#before = all.subarray(-65_536);
      return undefined;
    }
    this.#seen = true;
    this.#before = all.subarray(0, at);
    const rest = all.subarray(at + this.#line.length);
    return rest.length > 0 ? rest : undefined;
  }
}

/** A process's three streams. */
export interface Streams {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

export interface PreambleEvents {
  /** The program runs; its standard input is open. */
  readonly started: () => void;
  readonly output: (chunk: Buffer) => void;
  readonly errors: (chunk: Buffer) => void;
  /** sudo asks again: the password was wrong. */
  readonly refused: () => void;
}

/**
 * Reads a program's two streams from the very start: answers sudo's question, once and only when it is asked, and
 * hands on what belongs to the program itself.
 */
export class Preamble {
  readonly #errors: StartLine;
  readonly #prompt: string;
  readonly #password: Secret | undefined;
  readonly #input: Writable;
  #asked = 0;

  constructor(child: Streams, marker: string, password: Secret | undefined, events: PreambleEvents) {
    this.#input = child.stdin;
    this.#prompt = `${marker}${ASKED}`;
    this.#password = password;
    const output = new StartLine(marker);
    this.#errors = new StartLine(marker);
    child.stdout.on("data", (chunk: Buffer) => {
      const own = output.push(chunk);
      if (own !== undefined) events.output(own);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      const before = this.#errors.seen;
      const own = this.#errors.push(chunk);
      if (!this.#errors.seen) this.#answer(events);
      else if (!before) events.started();
      if (own !== undefined) events.errors(own);
    });
  }

  get started(): boolean {
    return this.#errors.seen;
  }

  /** What ssh, the login shell or sudo said before the program started. */
  get complaint(): string {
    return lastWords(this.#errors.before.replaceAll(this.#prompt, "\n"));
  }

  #answer(events: PreambleEvents): void {
    const asked = this.#errors.before.split(this.#prompt).length - 1;
    if (asked <= this.#asked) return;
    this.#asked = asked;
    if (asked > 1 || this.#password === undefined) events.refused();
    else this.#input.write(`${this.#password.reveal()}\n`);
  }
}
