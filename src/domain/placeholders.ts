/** A piece of a text in which `{name}` stands for a value; `offset` is the UTF-16 offset of its brace in the text. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "placeholder"; readonly name: string; readonly offset: number };

/** Braces around a name that can be read in two ways: `{{name}`. Write `{name}` for the value, `{{name}}` for the text. */
export interface BracesProblem {
  readonly reason: "braces";
  readonly offset: number;
  readonly text: string;
}

/** What the braces at one place mean. */
interface Braces {
  /** UTF-16 units that were read. */
  readonly length: number;
  readonly parts: readonly TextPart[];
  readonly problem?: BracesProblem;
}

const bracedName = /(\{+)([\p{L}_][\p{L}\p{N}_]*)(\}+)/uy;
const openBraces = /\{+/y;

/**
 * Reads the braces that begin at `offset`. Around a name, doubled braces stand for single ones, as in Python's format
 * strings: `{name}` is a placeholder, `{{name}}` the text `{name}`, `{{{name}}}` a value between braces. All other
 * braces mean themselves, so that JSON (`{"a":{"b":1}}`), `{a,b}`, `{}` and Docker's `{{.Names}}` need no care.
 */
export function bracesAt(text: string, offset: number): Braces {
  bracedName.lastIndex = offset;
  const [, open = "", name = "", close = ""] = bracedName.exec(text) ?? [];
  if (open === "") {
    openBraces.lastIndex = offset;
    const run = openBraces.exec(text)?.[0] ?? "";
    return { length: run.length, parts: [{ kind: "text", text: run }] };
  }
  const pairs = Math.floor(open.length / 2);
  const isPlaceholder = open.length % 2 === 1;
  const closing = 2 * pairs + (isPlaceholder ? 1 : 0);
  const length = open.length + name.length + Math.min(closing, close.length);
  if (close.length < closing) {
    const seen = text.slice(offset, offset + length);
    const problem = { reason: "braces", offset, text: seen } as const;
    return { length, parts: [{ kind: "text", text: seen }], problem };
  }
  const before = "{".repeat(pairs);
  const after = "}".repeat(pairs);
  if (!isPlaceholder) return { length, parts: [{ kind: "text", text: before + name + after }] };
  const placeholder = { kind: "placeholder", name, offset: offset + 2 * pairs } as const;
  if (pairs === 0) return { length, parts: [placeholder] };
  return { length, parts: [{ kind: "text", text: before }, placeholder, { kind: "text", text: after }] };
}

/** Splits a text at its placeholders; neighbouring texts are one part. */
export function readPlaceholders(text: string): {
  readonly parts: readonly TextPart[];
  readonly problems: readonly BracesProblem[];
} {
  const parts = new TextParts();
  const problems: BracesProblem[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{", at);
    parts.addText(text.slice(at, open < 0 ? text.length : open));
    if (open < 0) break;
    const braces = bracesAt(text, open);
    for (const part of braces.parts) parts.add(part);
    if (braces.problem !== undefined) problems.push(braces.problem);
    at = open + braces.length;
  }
  return { parts: parts.list, problems };
}

/** The names of a text's placeholders, each once, in the order in which they appear. */
export function placeholderNames(
  parts: readonly ({ readonly kind: "text" } | { readonly kind: "placeholder"; readonly name: string })[],
): readonly string[] {
  return [...new Set(parts.flatMap((part) => (part.kind === "placeholder" ? [part.name] : [])))];
}

/** Collects parts, joining texts that follow one another. */
export class TextParts {
  readonly #parts: TextPart[] = [];
  #text = "";

  add(part: TextPart): void {
    if (part.kind === "text") return this.addText(part.text);
    this.#endText();
    this.#parts.push(part);
  }

  addText(text: string): void {
    this.#text += text;
  }

  get list(): readonly TextPart[] {
    this.#endText();
    return [...this.#parts];
  }

  #endText(): void {
    if (this.#text !== "") this.#parts.push({ kind: "text", text: this.#text });
    this.#text = "";
  }
}
