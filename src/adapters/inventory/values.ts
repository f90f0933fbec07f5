/**
 * The values of Ansible variables, with what JSON in JavaScript would lose: integers of any size (`bigint` beyond
 * the safe ones), floats that stay floats (`1.0`), and strings marked `!vault` or `!unsafe`.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Float
  | VaultText
  | UnsafeText
  | readonly Value[]
  | ReadonlyMap<string, Value>;

/** The variables of a host or group. Keys are strings as Python's `json.dumps` writes them. */
export type Variables = ReadonlyMap<string, Value>;

/** A Python float; a plain `number` is always an integer. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A string that is still encrypted by Ansible Vault (`!vault`). */
export class VaultText {
  readonly ciphertext: string;

  constructor(ciphertext: string) {
    this.ciphertext = ciphertext;
  }
}

/** A string that must never be taken for a template (`!unsafe`). */
export class UnsafeText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** How a later value of a variable meets an earlier one: ansible.cfg's `hash_behaviour`. */
export type HashBehaviour = "replace" | "merge";

/** The variables of `low` overridden by those of `high`; with `merge`, dictionaries in both are merged key by key. */
export function combineVariables(low: Variables, high: Variables, behaviour: HashBehaviour): Variables {
  if (high.size === 0) return low;
  const combined = new Map(low);
  for (const [name, value] of high) {
    const earlier = combined.get(name);
    combined.set(name, earlier === undefined ? value : laterValue(earlier, value, behaviour));
  }
  return combined;
}

/** What becomes of a variable that is set a second time. */
export function laterValue(earlier: Value, later: Value, behaviour: HashBehaviour): Value {
  const merges = behaviour === "merge" && earlier instanceof Map && later instanceof Map;
  return merges ? combineVariables(earlier, later, behaviour) : later;
}

/** An integer as a `number` when that is exact, else as a `bigint`. */
export function integer(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** The kind of a value in Ansible's words, for messages. */
export function kindOf(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number" || typeof value === "bigint") return "integer";
  if (value instanceof Float) return "float";
  if (Array.isArray(value)) return "list";
  if (value instanceof Map) return "dictionary";
  return "string";
}
