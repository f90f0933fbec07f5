import { type Complex, isComplex, scanNumber } from "./python-number.ts";
import { scanString } from "./python-string.ts";
import { Float } from "./values.ts";

/** What stands in a Python literal. */
export type LiteralNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly text: string }
  | { readonly kind: "number"; readonly value: number | bigint | Float | Complex }
  | { readonly kind: "name"; readonly value: null | boolean }
  | { readonly kind: "ellipsis" }
  | { readonly kind: "list" | "tuple" | "set"; readonly items: readonly LiteralNode[] }
  | { readonly kind: "dict"; readonly pairs: readonly (readonly [LiteralNode, LiteralNode])[] };

const names: ReadonlyMap<string, null | boolean> = new Map([
  ["None", null],
  ["True", true],
  ["False", false],
]);

/** Reads a text as a Python literal; undefined when it is anything else. */
export function readLiteral(text: string): LiteralNode | undefined {
  return new LiteralReader(text.replace(/^[ \t]+/, "")).whole();
}

/** Reads the part of Python's grammar that literals are made of; undefined for everything else. */
class LiteralReader {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  whole(): LiteralNode | undefined {
    const node = this.#expressions("");
    this.#skipSpace();
    const atEnd = this.#rest === "" || this.#rest.startsWith("#");
    return atEnd ? node : undefined;
  }

  /** One expression, or several with commas between them, which make a tuple. */
  #expressions(close: string): LiteralNode | undefined {
    const first = this.#sum();
    if (first === undefined || !this.#take(",")) return first;
    const more = this.#items(close);
    return more === undefined ? undefined : { kind: "tuple", items: [first, ...more] };
  }

  /** A number, or a real and an imaginary one with a sign between them. */
  #sum(): LiteralNode | undefined {
    const sign = this.#sign();
    const first = this.#primary();
    const left = sign === undefined ? first : signed(first, sign);
    const operator = this.#sign();
    if (operator === undefined) return left;
    const right = this.#primary();
    if (left?.kind !== "number" || right?.kind !== "number") return undefined;
    if (isComplex(left.value) || !isComplex(right.value)) return undefined;
    const real = left.value instanceof Float ? left.value.value : Number(left.value);
    const imaginary = operator === "+" ? right.value.imaginary : -right.value.imaginary;
    return { kind: "number", value: { real: real + 0, imaginary } };
  }

  #primary(): LiteralNode | undefined {
    if (this.#take("(")) return this.#parentheses();
    if (this.#take("[")) return this.#list();
    if (this.#take("{")) return this.#braces();
    if (this.#take("...")) return { kind: "ellipsis" };
    this.#skipSpace();
    const number = scanNumber(this.#rest);
    if (number !== undefined) {
      this.#rest = this.#rest.slice(number.length);
      return { kind: "number", value: number.value };
    }
    return this.#strings() ?? this.#name();
  }

  #parentheses(): LiteralNode | undefined {
    if (this.#take(")")) return { kind: "tuple", items: [] };
    const inner = this.#expressions(")");
    return this.#take(")") ? inner : undefined;
  }

  #list(): LiteralNode | undefined {
    const items = this.#items("]");
    return items !== undefined && this.#take("]") ? { kind: "list", items } : undefined;
  }

  #braces(): LiteralNode | undefined {
    if (this.#take("}")) return { kind: "dict", pairs: [] };
    const first = this.#sum();
    if (first === undefined) return undefined;
    if (!this.#take(":")) {
      const more = this.#take(",") ? this.#items("}") : [];
      return more !== undefined && this.#take("}") ? { kind: "set", items: [first, ...more] } : undefined;
    }
    const pairs: [LiteralNode, LiteralNode][] = [];
    for (let key: LiteralNode | undefined = first; key !== undefined; key = this.#sum()) {
      if (pairs.length > 0 && !this.#take(":")) return undefined;
      const value = this.#sum();
      if (value === undefined) return undefined;
      pairs.push([key, value]);
      if (this.#take("}")) return { kind: "dict", pairs };
      if (!this.#take(",")) return undefined;
      if (this.#take("}")) return { kind: "dict", pairs };
    }
    return undefined;
  }

  /** Expressions up to `close`, which stays; a comma may follow the last one. */
  #items(close: string): LiteralNode[] | undefined {
    const items: LiteralNode[] = [];
    while (!this.#closes(close)) {
      const item = this.#sum();
      if (item === undefined) return undefined;
      items.push(item);
      if (!this.#take(",") && !this.#closes(close)) return undefined;
    }
    return items;
  }

  #closes(close: string): boolean {
    this.#skipSpace();
    if (close === "") return this.#rest === "" || this.#rest.startsWith("#");
    return this.#rest.startsWith(close);
  }

  /** Strings side by side are one string; text and bytes do not mix. */
  #strings(): LiteralNode | undefined {
    let text = "";
    let bytes: boolean | undefined;
    for (let next = scanString(this.#rest); next !== undefined; next = scanString(this.#rest)) {
      if (bytes !== undefined && bytes !== next.bytes) return undefined;
      bytes = next.bytes;
      text += next.text;
      this.#rest = this.#rest.slice(next.length);
      this.#skipSpace();
    }
    return bytes === undefined ? undefined : { kind: bytes ? "bytes" : "text", text };
  }

  #name(): LiteralNode | undefined {
    const name = /^[A-Za-z_]\w*/.exec(this.#rest)?.[0] ?? "";
    const value = names.get(name);
    if (value === undefined && name !== "set") return undefined;
    this.#rest = this.#rest.slice(name.length);
    if (value !== undefined) return { kind: "name", value };
    return this.#take("(") && this.#take(")") ? { kind: "set", items: [] } : undefined;
  }

  #sign(): "+" | "-" | undefined {
    if (this.#take("+")) return "+";
    return this.#take("-") ? "-" : undefined;
  }

  #take(token: string): boolean {
    this.#skipSpace();
    if (!this.#rest.startsWith(token)) return false;
    this.#rest = this.#rest.slice(token.length);
    return true;
  }

  #skipSpace(): void {
    this.#rest = this.#rest.replace(/^[ \t\f]+/, "");
  }
}

function signed(node: LiteralNode | undefined, sign: "+" | "-"): LiteralNode | undefined {
  if (node?.kind !== "number") return undefined;
  return sign === "+" ? node : { kind: "number", value: negative(node.value) };
}

function negative(value: number | bigint | Float | Complex): number | bigint | Float | Complex {
  if (isComplex(value)) return { real: -value.real, imaginary: -value.imaginary };
  if (value instanceof Float) return new Float(-value.value);
  return typeof value === "bigint" ? -value : 0 - value;
}
