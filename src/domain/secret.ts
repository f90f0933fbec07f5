import { inspect } from "node:util";

/**
 * A value that must never reach arguments, logs or errors: it prints as `[redacted]` everywhere
 * (string conversion, JSON, console) and is read only by an explicit `reveal()`.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return "[redacted]";
  }

  toJSON(): string {
    return "[redacted]";
  }

  [inspect.custom](): string {
    return "[redacted]";
  }
}
