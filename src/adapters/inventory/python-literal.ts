import { fail, ok, type Result } from "../../domain/result.ts";
import { complexText, type Complex, scanNumber } from "./python-number.ts";
import { scanString } from "./python-string.ts";
import { keyText } from "./python-json-write.ts";
import { Float, UnsafeText, type Value } from "./values.ts";

/** Literals that Python refuses with a TypeError, and Ansible with it: a list as a key, a set in a set (`{{ 'x' }}`). */
export type LiteralProblem = "unhashable" | "key";

type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly text: string }
  | { readonly kind: "number"; readonly value: number | bigint | Float | Complex }
  | { readonly kind: "name"; readonly value: null | boolean }
  | { readonly kind: "ellipsis" }
  | { readonly kind: "list" | "tuple" | "set"; readonly items: readonly Node[] }
  | { readonly kind: "dict"; readonly pairs: readonly (readonly [Node, Node])[] };

const names: ReadonlyMap<string, null | boolean> = new Map([
  ["None", null],
  ["True", true],
  ["False", false],
]);

/**
 * The value that Ansible makes of a text in an INI inventory: what Python's `ast.literal_eval` reads, else the text
 * itself. Tuples and sets become lists, complex numbers text, bytes text that is never a template.
 */
export function literalValue(text: string): Result<Value, LiteralProblem> {
  const node = new LiteralReader(text.replace(/^[ \t]+/, "")).whole();
  return node === undefined ? ok(text) : valueOf(node);
}

/** Reads the part of Python's grammar that literals are made of; undefined for everything else. */
class LiteralReader {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  whole(): Node | undefined {
    const node = this.#expressions("");
    this.#skipSpace();
    const atEnd = this.#rest === "" || this.#rest.startsWith("#");
    return atEnd ? node : undefined;
  }

  /** One expression, or several with commas between them, which make a tuple. */
  #expressions(close: string): Node | undefined {
    const first = this.#sum();
    if (first === undefined || !this.#take(",")) return first;
    const more = this.#items(close);
    return more === undefined ? undefined : { kind: "tuple", items: [first, ...more] };
  }

  /** A number, or a real and an imaginary one with a sign between them. */
  #sum(): Node | undefined {
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

  #primary(): Node | undefined {
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

  #parentheses(): Node | undefined {
    if (this.#take(")")) return { kind: "tuple", items: [] };
    const inner = this.#expressions(")");
    return this.#take(")") ? inner : undefined;
  }

  #list(): Node | undefined {
    const items = this.#items("]");
    return items !== undefined && this.#take("]") ? { kind: "list", items } : undefined;
  }

  #braces(): Node | undefined {
    if (this.#take("}")) return { kind: "dict", pairs: [] };
    const first = this.#sum();
    if (first === undefined) return undefined;
    if (!this.#take(":")) {
      const more = this.#take(",") ? this.#items("}") : [];
      return more !== undefined && this.#take("}") ? { kind: "set", items: [first, ...more] } : undefined;
    }
    const pairs: [Node, Node][] = [];
    for (let key: Node | undefined = first; key !== undefined; key = this.#sum()) {
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
  #items(close: string): Node[] | undefined {
    const items: Node[] = [];
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
  #strings(): Node | undefined {
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

  #name(): Node | undefined {
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

function isComplex(value: number | bigint | Float | Complex): value is Complex {
  return typeof value === "object" && "imaginary" in value;
}

function signed(node: Node | undefined, sign: "+" | "-"): Node | undefined {
  if (node?.kind !== "number") return undefined;
  return sign === "+" ? node : { kind: "number", value: negative(node.value) };
}

function negative(value: number | bigint | Float | Complex): number | bigint | Float | Complex {
  if (isComplex(value)) return { real: -value.real, imaginary: -value.imaginary };
  if (value instanceof Float) return new Float(-value.value);
  return typeof value === "bigint" ? -value : 0 - value;
}

function valueOf(node: Node): Result<Value, LiteralProblem> {
  if (node.kind === "dict") return dictionary(node.pairs);
  if (node.kind !== "list" && node.kind !== "tuple" && node.kind !== "set") return ok(scalar(node));
  const values: Value[] = [];
  for (const item of node.items) {
    if (node.kind === "set" && !hashable(item)) return fail("unhashable");
    const value = valueOf(item);
    if (!value.ok) return value;
    if (node.kind !== "set" || !values.includes(value.value)) values.push(value.value);
  }
  return ok(values);
}

function dictionary(pairs: readonly (readonly [Node, Node])[]): Result<Value, LiteralProblem> {
  const entries = new Map<string, Value>();
  for (const [key, valueNode] of pairs) {
    const value = valueOf(valueNode);
    if (!value.ok) return value;
    if (!hashable(key)) return fail("unhashable");
    // Python's json.dumps has no words for other keys.
    if (key.kind !== "text" && key.kind !== "name" && key.kind !== "number") return fail("key");
    if (key.kind === "number" && isComplex(key.value)) return fail("key");
    entries.set(keyText(scalar(key)), value.value);
  }
  return ok(entries);
}

type ScalarNode = Exclude<Node, { readonly kind: "dict" | "list" | "tuple" | "set" }>;

function scalar(node: ScalarNode): Value {
  switch (node.kind) {
    case "text":
      return node.text;
    case "bytes":
      return new UnsafeText(node.text);
    case "ellipsis":
      return "...";
    case "name":
      return node.value;
    case "number":
      return isComplex(node.value) ? complexText(node.value) : node.value;
  }
}

function hashable(node: Node): boolean {
  if (node.kind === "tuple") return node.items.every(hashable);
  return node.kind !== "list" && node.kind !== "set" && node.kind !== "dict";
}
