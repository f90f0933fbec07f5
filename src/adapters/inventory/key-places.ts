import type { Value } from "./values.ts";

/** A place in a file: line and column from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Where a key of a dictionary stands in its file. */
export interface KeyPlace extends TextPlace {
  /** False for keys that are not strings (`1:`, `true:`, `null:`). */
  readonly text: boolean;
}

/** The line and column of an offset in a text. */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** Remembers where the keys of the dictionaries of one text stand. */
export class KeyPlaces {
  readonly #text: string;
  readonly #offsets = new WeakMap<ReadonlyMap<string, Value>, Map<string, { offset: number; text: boolean }>>();

  constructor(text: string) {
    this.#text = text;
  }

  set(dictionary: ReadonlyMap<string, Value>, key: string, offset: number, text: boolean): void {
    const offsets = this.#offsets.get(dictionary) ?? new Map<string, { offset: number; text: boolean }>();
    offsets.set(key, { offset, text });
    this.#offsets.set(dictionary, offsets);
  }

  get(dictionary: ReadonlyMap<string, Value>, key: string): KeyPlace {
    const known = this.#offsets.get(dictionary)?.get(key) ?? { offset: 0, text: true };
    return { ...placeAt(this.#text, known.offset), text: known.text };
  }
}
