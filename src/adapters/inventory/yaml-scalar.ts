import { fail, ok, type Result } from "../../domain/result.ts";
import type { YamlSyntaxProblem } from "./errors.ts";
import { Float, integer, type Value } from "./values.ts";
import { timestampPattern, timestampText } from "./yaml-timestamp.ts";

const booleans: ReadonlyMap<string, boolean> = new Map([
  ["yes", true],
  ["true", true],
  ["on", true],
  ["no", false],
  ["false", false],
  ["off", false],
]);

const boolean = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const nothing = /^(?:~|null|Null|NULL|)$/;
const wholeNumber = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*(?::[0-5]?[0-9])*|0x[0-9a-fA-F_]+)$/;
const floatingNumber =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

type Scalar = Result<Value, YamlSyntaxProblem>;

/** The value of a plain scalar by the rules of YAML 1.1 as PyYAML has them: `yes` is true, `017` is 15, `1:30` is 90. */
export function plainScalar(text: string): Scalar {
  if (nothing.test(text)) return ok(null);
  if (boolean.test(text)) return ok(booleans.get(text.toLowerCase()) ?? null);
  if (wholeNumber.test(text)) return whole(text);
  if (floatingNumber.test(text)) return floating(text);
  if (timestampPattern.test(text)) return timestamp(text);
  // PyYAML knows these two only as keys.
  return text === "=" || text === "<<" ? fail("tag") : ok(text);
}

/** The value of a scalar with one of YAML's own tags; `tag` is what follows `tag:yaml.org,2002:`. */
export function taggedScalar(tag: string, text: string): Scalar {
  switch (tag) {
    case "str":
    case "python/unicode":
      return ok(text);
    case "null":
      return ok(null);
    case "bool": {
      const value = booleans.get(text.toLowerCase());
      return value === undefined ? fail("tag") : ok(value);
    }
    case "int":
      return whole(text);
    case "float":
      return floating(text);
    case "timestamp":
      return timestamp(text);
    default:
      return fail("tag");
  }
}

function whole(text: string): Scalar {
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
  try {
    const size = digits.includes(":") ? sexagesimal(digits, BigInt, 60n) : BigInt(octal(digits));
    return ok(integer(text.startsWith("-") ? -size : size));
  } catch {
    return fail("tag");
  }
}

/** A leading zero means base 8. */
function octal(digits: string): string {
  return /^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits;
}

function sexagesimal(digits: string, read: (part: string) => bigint, base: bigint): bigint {
  return digits.split(":").reduce((sum, part) => sum * base + read(part), 0n);
}

function floating(text: string): Scalar {
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "").toLowerCase();
  const size = sizeOf(digits);
  if (Number.isNaN(size) && digits !== ".nan") return fail("tag");
  return ok(new Float(text.startsWith("-") ? -size : size));
}

function sizeOf(digits: string): number {
  if (digits === ".inf") return Number.POSITIVE_INFINITY;
  if (digits === ".nan" || digits === "") return Number.NaN;
  // As PyYAML adds it up: from the smallest part, so that rounding is the same.
  const parts = digits.split(":").map(Number).toReversed();
  return parts.reduce((sum, part, at) => sum + part * 60 ** at, 0);
}

function timestamp(text: string): Scalar {
  const written = timestampText(text);
  return written === undefined ? fail("date") : ok(written);
}
