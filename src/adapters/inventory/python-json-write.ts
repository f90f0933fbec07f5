import { compareText, floatText } from "./python-text.ts";
import { Float, UnsafeText, type Value, VaultText } from "./values.ts";

/**
 * A value as `ansible-inventory` prints it: Python's `json.dumps` with sorted keys and an indent of 4, text beyond
 * ASCII as it is, floats as Python writes them, vaulted and unsafe strings as dictionaries that Ansible knows.
 */
export function writeJson(value: Value): string {
  return write(value, "\n");
}

function write(value: Value, newline: string): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Float) return jsonFloat(value.value);
  if (value instanceof VaultText) return write(new Map([["__ansible_vault", value.ciphertext]]), newline);
  if (value instanceof UnsafeText) return write(new Map([["__ansible_unsafe", value.text]]), newline);
  const inner = `${newline}    `;
  if (value instanceof Map) {
    if (value.size === 0) return "{}";
    const names = [...value.keys()].toSorted(compareText);
    const lines = names.map((name) => `${JSON.stringify(name)}: ${write(value.get(name) ?? null, inner)}`);
    return `{${inner}${lines.join(`,${inner}`)}${newline}}`;
  }
  const items = [...value.values()].map((item) => write(item, inner));
  return items.length === 0 ? "[]" : `[${inner}${items.join(`,${inner}`)}${newline}]`;
}

/** A key of a dictionary as `json.dumps` writes it: `1`, `1.0`, `true`, `null`; undefined for what cannot be a key. */
export function keyText(key: Value): string | undefined {
  if (typeof key === "string") return key;
  if (key === null || typeof key !== "object") return String(key);
  if (key instanceof UnsafeText) return key.text;
  return key instanceof Float ? jsonFloat(key.value) : undefined;
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return floatText(value);
}
