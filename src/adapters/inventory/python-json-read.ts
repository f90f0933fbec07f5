import { fail, ok, type Result } from "../../domain/result.ts";
import { type KeyPlaces, placeAt, type TextPlace } from "./key-places.ts";
import { Float, integer, UnsafeText, type Value, VaultText } from "./values.ts";

/**
 * Reads JSON as Ansible does, by Python's `json.loads`: `NaN` and `Infinity` are numbers, integers have any size,
 * the last of two equal keys wins, and vaulted and unsafe strings are known by their dictionaries. Fails with the
 * place where the text stops being JSON.
 */
export function readJson(text: string, places?: KeyPlaces): Result<Value, TextPlace> {
  const reader = new JsonReader(text, places);
  const value = reader.document();
  return value === undefined ? fail(placeAt(text, reader.offset())) : ok(value);
}

const number = /(?<whole>-?(?:0|[1-9][0-9]*))(?<fraction>\.[0-9]+)?(?<exponent>[eE][+-]?[0-9]+)?/y;
const space = /[ \t\n\r]*/y;
const plainText = /[^"\\\0-\x1f]*/y;

const words: readonly (readonly [string, Value])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["NaN", new Float(Number.NaN)],
  ["Infinity", new Float(Number.POSITIVE_INFINITY)],
  ["-Infinity", new Float(Number.NEGATIVE_INFINITY)],
];

class JsonReader {
  readonly #text: string;
  readonly #places: KeyPlaces | undefined;
  #at = 0;

  constructor(text: string, places: KeyPlaces | undefined) {
    this.#text = text;
    this.#places = places;
  }

  document(): Value | undefined {
    const value = this.#value();
    if (value !== undefined) this.#match(space);
    return this.#at === this.#text.length ? value : undefined;
  }

  offset(): number {
    return this.#at;
  }

  #value(): Value | undefined {
    this.#match(space);
    const next = this.#text.charAt(this.#at);
    if (next === "{") return this.#dictionary();
    if (next === "[") return this.#list();
    if (next === '"') return this.#string();
    const word = words.find(([name]) => this.#text.startsWith(name, this.#at));
    if (word === undefined) return this.#number();
    this.#at += word[0].length;
    return word[1];
  }

  #number(): Value | undefined {
    number.lastIndex = this.#at;
    const groups = number.exec(this.#text)?.groups;
    const whole = groups?.["whole"];
    if (whole === undefined) return undefined;
    this.#at = number.lastIndex;
    const rest = (groups?.["fraction"] ?? "") + (groups?.["exponent"] ?? "");
    return rest === "" ? integer(BigInt(whole)) : new Float(Number(whole + rest));
  }

  #string(): string | undefined {
    const start = this.#at;
    this.#at += 1;
    for (;;) {
      this.#match(plainText);
      const next = this.#text.charAt(this.#at);
      if (next === '"') break;
      if (next !== "\\" || !/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(this.#text.slice(this.#at, this.#at + 6))) {
        return undefined;
      }
      this.#at += 2;
    }
    this.#at += 1;
    return String(JSON.parse(this.#text.slice(start, this.#at)));
  }

  #list(): Value | undefined {
    const items: Value[] = [];
    this.#at += 1;
    if (this.#take("]")) return items;
    for (;;) {
      const item = this.#value();
      if (item === undefined) return undefined;
      items.push(item);
      if (this.#take("]")) return items;
      if (!this.#take(",")) return undefined;
    }
  }

  #dictionary(): Value | undefined {
    const entries = new Map<string, Value>();
    this.#at += 1;
    if (this.#take("}")) return entries;
    for (;;) {
      this.#match(space);
      const offset = this.#at;
      const key = this.#text.charAt(offset) === '"' ? this.#string() : undefined;
      if (key === undefined || !this.#take(":")) return undefined;
      const value = this.#value();
      if (value === undefined) return undefined;
      entries.set(key, value);
      this.#places?.set(entries, key, offset, true);
      if (this.#take("}")) return marked(entries);
      if (!this.#take(",")) return undefined;
    }
  }

  #take(token: string): boolean {
    this.#match(space);
    if (this.#text.charAt(this.#at) !== token) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    pattern.test(this.#text);
    this.#at = pattern.lastIndex;
  }
}

/** Ansible's way to keep vaulted and unsafe strings in JSON. */
function marked(entries: ReadonlyMap<string, Value>): Value {
  const unsafe = entries.get("__ansible_unsafe");
  if (typeof unsafe === "string") return new UnsafeText(unsafe);
  const vault = entries.get("__ansible_vault");
  return typeof vault === "string" ? new VaultText(vault) : entries;
}
