/**
 * A regular expression of Python's `re` as one of JavaScript, with what people write to match host names: Unicode
 * classes, `(?P<name>..)`, `\A`, `\Z`, flags in front (`(?i)`). With `match` it is tried at the beginning only, as
 * Python's `match` does, with `search` everywhere. Undefined for what is no regular expression or has no counterpart.
 */
export function pythonRegExp(text: string, how: "match" | "search"): RegExp | undefined {
  const flags = /^\(\?(?<letters>[imsu]+)\)/.exec(text)?.groups?.["letters"] ?? "";
  const source = new PatternReader(flags === "" ? text : text.slice(flags.length + 3)).translated();
  if (source === undefined) return undefined;
  try {
    return new RegExp(source, [...new Set(`u${flags}${how === "match" ? "y" : ""}`)].join(""));
  } catch {
    return undefined;
  }
}

const wordCharacters = String.raw`\p{L}\p{N}_`;

/** What escapes mean, where JavaScript has it otherwise; `inside` counts in brackets. */
const escapes: ReadonlyMap<string, { readonly outside?: string; readonly inside?: string }> = new Map([
  ["A", { outside: "^" }],
  ["Z", { outside: "$" }],
  ["a", { outside: "\\x07", inside: "\\x07" }],
  ["b", { outside: "\\b", inside: "\\x08" }],
  ["B", { outside: "\\B" }],
  ["w", { outside: `[${wordCharacters}]`, inside: wordCharacters }],
  ["W", { outside: `[^${wordCharacters}]` }],
  ["d", { outside: String.raw`\p{Nd}`, inside: String.raw`\p{Nd}` }],
  ["D", { outside: String.raw`\P{Nd}`, inside: String.raw`\P{Nd}` }],
]);

class PatternReader {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  translated(): string | undefined {
    let source = "";
    while (this.#rest !== "") {
      const part = this.#part();
      if (part === undefined) return undefined;
      source += part;
    }
    return source;
  }

  #part(): string | undefined {
    if (this.#rest.startsWith("\\")) return this.#escape("outside");
    if (this.#rest.startsWith("[")) return this.#brackets();
    if (this.#rest.startsWith("(")) return this.#parenthesis();
    const repeat = this.#take(/^\{(?:\d+(?:,\d*)?|,\d*)\}/);
    // Python's `{,3}` counts from 0.
    if (repeat !== undefined) return repeat.replace("{,", "{0,");
    const character = this.#take(/^./su) ?? "";
    return "{}]".includes(character) ? `\\${character}` : character;
  }

  #brackets(): string | undefined {
    // A bracket right behind the opening one is meant as itself.
    const open = this.#take(/^\[\^?\]?/) ?? "";
    let source = open.endsWith("]") ? `${open.slice(0, -1)}\\]` : open;
    while (this.#rest !== "") {
      if (this.#take(/^\]/) !== undefined) return `${source}]`;
      const part = this.#rest.startsWith("\\") ? this.#escape("inside") : this.#take(/^./su);
      if (part === undefined) return undefined;
      source += part;
    }
    return undefined;
  }

  #parenthesis(): string | undefined {
    if (this.#take(/^\(\?#[^)]*\)/) !== undefined) return "";
    const reference = this.#take(/^\(\?P=\w+\)/);
    if (reference !== undefined) return `\\k<${reference.slice(4, -1)}>`;
    const named = this.#take(/^\(\?P</);
    if (named !== undefined) return "(?<";
    // Flags in the middle are an error to Python too.
    return /^\(\?[a-zA-Z]+\)/.test(this.#rest) ? undefined : this.#take(/^\(/);
  }

  #escape(where: "outside" | "inside"): string | undefined {
    const whole = this.#take(/^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-9]{1,3}|.)/su);
    const letter = whole?.charAt(1);
    if (whole === undefined || letter === undefined) return undefined;
    if (letter === "U") return `\\u{${whole.slice(2)}}`;
    const other = escapes.get(letter);
    if (other !== undefined) return other[where];
    if (/[a-zA-Z]/.test(letter)) return /[fnrtvsSxu]/.test(letter) ? whole : undefined;
    if (/[0-9]/.test(letter)) return whole;
    return /[\^$\\.*+?()[\]{}|/-]/.test(letter) && (where === "inside" || letter !== "-") ? `\\${letter}` : letter;
  }

  #take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.#rest)?.[0];
    if (found !== undefined) this.#rest = this.#rest.slice(found.length);
    return found;
  }
}
