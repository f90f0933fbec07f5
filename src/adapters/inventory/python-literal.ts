import { fail, ok, type Result } from "../../domain/result.ts";
import { keyText } from "./python-json-write.ts";
import { type LiteralNode, readLiteral } from "./python-literal-reader.ts";
import { complexText, isComplex } from "./python-number.ts";
import { UnsafeText, type Value } from "./values.ts";

/** Literals that Python refuses with a TypeError, and Ansible with it: a list as a key, a set in a set (`{{ 'x' }}`). */
export type LiteralProblem = "unhashable" | "key";

/**
 * The value that Ansible makes of a text in an INI inventory: what Python's `ast.literal_eval` reads, else the text
 * itself. Tuples and sets become lists, complex numbers text, bytes text that is never a template.
 */
export function literalValue(text: string): Result<Value, LiteralProblem> {
  const node = readLiteral(text);
  return node === undefined ? ok(text) : valueOf(node);
}

function valueOf(node: LiteralNode): Result<Value, LiteralProblem> {
  if (node.kind === "dict") return dictionary(node.pairs);
  if (!("items" in node)) return ok(scalar(node));
  const values: Value[] = [];
  for (const item of node.items) {
    if (node.kind === "set" && !hashable(item)) return fail("unhashable");
    const value = valueOf(item);
    if (!value.ok) return value;
    if (node.kind !== "set" || !values.includes(value.value)) values.push(value.value);
  }
  return ok(values);
}

function dictionary(pairs: readonly (readonly [LiteralNode, LiteralNode])[]): Result<Value, LiteralProblem> {
  const entries = new Map<string, Value>();
  for (const [key, valueNode] of pairs) {
    const value = valueOf(valueNode);
    if (!value.ok) return value;
    if (!hashable(key)) return fail("unhashable");
    const name = keyOf(key);
    if (name === undefined) return fail("key");
    entries.set(name, value.value);
  }
  return ok(entries);
}

/** Python's json.dumps takes no bytes, complex numbers or tuples as keys. */
function keyOf(key: LiteralNode): string | undefined {
  if (key.kind !== "text" && key.kind !== "name" && key.kind !== "number") return undefined;
  return key.kind === "number" && isComplex(key.value) ? undefined : keyText(scalar(key));
}

type ScalarNode = Exclude<LiteralNode, { readonly kind: "dict" | "list" | "tuple" | "set" }>;

function scalar(node: ScalarNode): Value {
  if (node.kind === "text") return node.text;
  if (node.kind === "bytes") return new UnsafeText(node.text);
  if (node.kind === "ellipsis") return "...";
  if (node.kind === "name") return node.value;
  return isComplex(node.value) ? complexText(node.value) : node.value;
}

function hashable(node: LiteralNode): boolean {
  if (node.kind === "tuple") return node.items.every(hashable);
  return node.kind !== "list" && node.kind !== "set" && node.kind !== "dict";
}
