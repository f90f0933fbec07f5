import type { Path } from "./path.ts";
import type { FileProblem, JsonType, Place } from "./problems.ts";
import { seenValue } from "./secret-keys.ts";

/** The problem of a value that is of none of the allowed types. */
export function wrongType(place: Place, value: unknown, allowed: readonly JsonType[], path: Path): FileProblem {
  return { ...place, code: "wrong-type", seen: seenValue(value, path), seenType: jsonType(value), allowed };
}

function jsonType(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  if (type === "string" || type === "number" || type === "boolean") return type;
  return "object";
}
