import { fail, ok, type Result } from "./result.ts";

/** Why a text is no list of plain values; `offset` is the UTF-16 offset of the culprit. */
export interface ListProblem {
  readonly reason: "not-a-list" | "unterminated" | "syntax" | "nested" | "bytes" | "behind-list";
  readonly offset: number;
}

const space = /[ \t\r\n\f]*/y;
const number = /[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/y;
/** Python 2 prints a long integer with an L. */
const long = /([-+]?\d+)L(?!\w)/y;
const name = /(?:True|False|None|true|false|null)(?!\w)/y;
const stringStart = /([uU]?)(['"])/y;
const bytesStart = /[bB][rR]?['"]/y;
/** What means itself inside a string, whichever its quote is. */
const plain = /[^\\'"\n]+/y;
const codedEscape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})|([0-7]{1,3}))/y;

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\n", ""],
]);

/**
 * Reads one list of strings, numbers and constants, in JSON's notation or Python's (2 or 3). Strings give their text,
 * everything else the text as it is written (`1.0`, `True`, `None`). Nothing is evaluated.
 */
export function readList(text: string): Result<readonly string[], ListProblem> {
  return new ListReader(text).read();
}

class ListReader {
  readonly #text: string;
  #at = 0;
  #json: boolean | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Result<readonly string[], ListProblem> {
    this.#match(space);
    if (!this.#take("[")) return this.#problem("not-a-list");
    const values: string[] = [];
    this.#match(space);
    while (!this.#take("]")) {
      const value = this.#value();
      if (!value.ok) return value;
      values.push(value.value);
      this.#match(space);
      const comma = this.#take(",");
      this.#match(space);
      if (!comma && this.#text.charAt(this.#at) !== "]") return this.#unexpected();
    }
    this.#match(space);
    return this.#at < this.#text.length ? this.#problem("behind-list") : ok(values);
  }

  #value(): Result<string, ListProblem> {
    const written = this.#match(long)?.[1] ?? (this.#match(number) ?? this.#match(name))?.[0];
    if (written !== undefined) return ok(written);
    bytesStart.lastIndex = this.#at;
    if (bytesStart.test(this.#text)) return this.#problem("bytes");
    const start = this.#at;
    const quote = this.#match(stringStart)?.[2];
    if (quote !== undefined) return this.#string(quote, start);
    return /[[({]/.test(this.#text.charAt(this.#at)) ? this.#problem("nested") : this.#unexpected();
  }

  #string(quote: string, start: number): Result<string, ListProblem> {
    let text = "";
    while (this.#at < this.#text.length) {
      text += this.#match(plain)?.[0] ?? "";
      const character = this.#text.charAt(this.#at);
      if (character === quote) {
        this.#at += 1;
        return ok(text);
      }
      if (character === "\n") return this.#problem("syntax");
      const piece = character === "\\" ? this.#escape() : character;
      if (piece === undefined) return this.#problem("syntax");
      if (character !== "\\") this.#at += character.length;
      text += piece;
    }
    return fail({ reason: "unterminated", offset: start });
  }

  /** What an escape stands for; undefined where there is a broken one, and for `\\N{name}`. */
  #escape(): string | undefined {
    const [coded, two, four, eight, octal] = this.#match(codedEscape) ?? [];
    if (coded !== undefined) {
      const hex = two ?? four ?? eight;
      return String.fromCodePoint(hex === undefined ? Number.parseInt(octal ?? "", 8) : Number.parseInt(hex, 16));
    }
    const next = this.#text.charAt(this.#at + 1);
    if (/[xuUN]/.test(next)) return undefined;
    this.#at += 1 + next.length;
    // JSON alone has this escape; in Python the backslash stays.
    if (next === "/" && this.#isJson()) return "/";
    return escapes.get(next) ?? `\\${next}`;
  }

  #isJson(): boolean {
    if (this.#json === undefined) {
      try {
        JSON.parse(this.#text);
        this.#json = true;
      } catch {
        this.#json = false;
      }
    }
    return this.#json;
  }

  #unexpected(): Result<never, ListProblem> {
    return this.#problem(this.#at < this.#text.length ? "syntax" : "unterminated");
  }

  #problem(reason: ListProblem["reason"]): Result<never, ListProblem> {
    return fail({ reason, offset: this.#at });
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}
