import type { z } from "zod";
import { PUBLIC } from "./comment-keys.ts";
import type { ConfigDocument } from "./document.ts";
import { nearestName } from "./nearest.ts";
import type { Path } from "./path.ts";
import type { FileProblem, JsonType } from "./problems.ts";
import { nestedSchemas, projectSchema, publicSchema } from "./schema.ts";
import { valueAt } from "./sections.ts";
import { seenValue } from "./secret-keys.ts";
import { wrongType } from "./wrong-type.ts";

type Issue = z.core.$ZodIssue;

const jsonTypes: Readonly<Record<string, JsonType>> = {
  string: "string",
  number: "number",
  int: "integer",
  boolean: "boolean",
  array: "array",
  object: "object",
  record: "object",
  null: "null",
};

/** Types, keys that nobody knows, keys that are missing, values that are not on a list: what the schema says by itself. */
export function checkStructure(document: ConfigDocument, schema: z.ZodType): readonly FileProblem[] {
  const checked = schema.safeParse(document.value);
  return checked.success ? [] : checked.error.issues.flatMap((issue) => problemsOf(document, issue, []));
}

function problemsOf(document: ConfigDocument, issue: Issue, above: Path): readonly FileProblem[] {
  const path = [...above, ...issue.path.map((key) => (typeof key === "number" ? key : String(key)))];
  const value = at(document.value, path);
  switch (issue.code) {
    case "invalid_type": {
      if (value === undefined) {
        return [{ ...document.keyPlace(path.slice(0, -1)), code: "missing-key", key: String(path.at(-1)) }];
      }
      return [wrongType(document.valuePlace(path), value, [jsonType(issue.expected)], path)];
    }
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(document, [...path, key]));
    case "invalid_value": {
      const allowed = issue.values.map(String);
      if (typeof value !== "string") return [wrongType(document.valuePlace(path), value, ["string"], path)];
      const nearest = nearestName(value, allowed);
      const seen = seenValue(value, path);
      return [{ ...document.valuePlace(path), code: "not-allowed", seen, allowed, ...(nearest ? { nearest } : {}) }];
    }
    case "too_small":
      return [{ ...outOfRange(document, path, value), minimum: Number(issue.minimum) }];
    case "too_big":
      return [{ ...outOfRange(document, path, value), maximum: Number(issue.maximum) }];
    case "invalid_union":
      return unionProblems(document, issue, path, value);
    default:
      throw new Error(`the schema reports ${issue.code} at ${path.join(".")}, which has no words yet`);
  }
}

function outOfRange(document: ConfigDocument, path: Path, value: unknown): FileProblem & { code: "out-of-range" } {
  return { ...document.valuePlace(path), code: "out-of-range", seen: seenValue(value, path) };
}

/** A branch whose own type fits tells what is wrong inside; when none fits, the types of all are what is allowed. */
function unionProblems(
  document: ConfigDocument,
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: Path,
  value: unknown,
): readonly FileProblem[] {
  const fitting = issue.errors.find((branch) => branch.every((inner) => !isAboutType(inner)));
  if (fitting !== undefined) return fitting.flatMap((inner) => problemsOf(document, inner, path));
  const allowed = issue.errors.flat().flatMap(typesOf);
  return [wrongType(document.valuePlace(path), value, [...new Set(allowed)], path)];
}

function isAboutType(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  return issue.code === "invalid_type" || (issue.code === "invalid_union" && issue.errors.flat().every(isAboutType));
}

function typesOf(issue: Issue): readonly JsonType[] {
  if (issue.code === "invalid_type") return [jsonType(issue.expected)];
  return issue.code === "invalid_union" ? issue.errors.flat().flatMap(typesOf) : [];
}

function jsonType(expected: string): JsonType {
  const type = jsonTypes[expected];
  if (type === undefined) throw new Error(`the schema expects ${expected}, which is no type of JSON`);
  return type;
}

const projectKeys = Object.keys(projectSchema.shape);
const publicKeys = Object.keys(publicSchema.shape);

function unknownKey(document: ConfigDocument, path: Path): FileProblem {
  const place = document.keyPlace(path);
  const key = String(path.at(-1));
  if (path.length === 2) {
    const inPublic = path[0] === PUBLIC;
    if (inPublic && projectKeys.includes(key)) return { ...place, code: "misplaced-key", key, belongs: "project" };
    if (!inPublic && publicKeys.includes(key)) return { ...place, code: "misplaced-key", key, belongs: "public" };
  }
  const allowed = allowedKeys(path.slice(0, -1));
  const nearest = nearestName(key, allowed);
  return { ...place, code: "unknown-key", key, allowed, ...(nearest === undefined ? {} : { nearest }) };
}

/** The keys that the schema knows at a place. */
function allowedKeys([section, key]: Path): readonly string[] {
  const nested = nestedSchemas.get(key);
  if (nested !== undefined) return Object.keys(nested.shape);
  return section === PUBLIC ? publicKeys : projectKeys;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((above, key) => {
    if (typeof key === "string") return valueAt(above, [key]);
    return Array.isArray(above) ? (above as readonly unknown[])[key] : undefined;
  }, value);
}
