import { fail, ok, type Result } from "../../domain/result.ts";
import { parseAddress } from "./addresses.ts";

/** One part of a pattern: `web`, `&prod`, `!db01`, `web[0:2]`, `~^web`. */
export interface PatternPart {
  /** As it was written. */
  readonly text: string;
  readonly kind: "or" | "and" | "not";
  /** Without the sign in front and the subscript behind. */
  readonly expression: string;
  /** The first and the last position, or one position alone; -1 is the end. */
  readonly subscript?: readonly [number, number?];
}

/** Why a pattern has no parts. */
export interface PartProblem {
  readonly part: string;
  readonly problem: "empty" | "brackets";
}

/** What stands between colons: anything but colons and white space, where brackets belong together. */
const between = /(?:[^\s:[\]]|\[[^\]]*\])+/g;

/**
 * Splits a pattern at its commas; without commas at its colons, unless it is a single address (`fe80::1`). An empty
 * pattern is refused: to Ansible it would mean all hosts.
 */
export function splitPattern(pattern: string): Result<PatternPart[], PartProblem> {
  const texts = textsOf(pattern);
  if (texts === undefined) return fail({ part: pattern, problem: "brackets" });
  const parts = texts.map((text) => text.trim()).filter((text) => text !== "");
  if (parts.length === 0) return fail({ part: pattern, problem: "empty" });
  const found: PatternPart[] = [];
  for (const text of parts) {
    const part = partOf(text);
    if (part === undefined) return fail({ part: text, problem: "empty" });
    found.push(part);
  }
  return ok(found);
}

/** Ansible's order: what adds hosts, then what must be met too, then what is left out. Nothing to add means `all`. */
export function orderedParts(parts: readonly PatternPart[]): PatternPart[] {
  const adding = parts.filter(({ kind }) => kind === "or");
  const all: PatternPart = { text: "all", kind: "or", expression: "all" };
  return [
    ...(adding.length > 0 ? adding : [all]),
    ...parts.filter(({ kind }) => kind === "and"),
    ...parts.filter(({ kind }) => kind === "not"),
  ];
}

/** Undefined when brackets do not belong together: Ansible would drop them and select something else. */
function textsOf(pattern: string): string[] | undefined {
  if (pattern.includes(",")) return pattern.split(",");
  if (parseAddress(pattern) !== undefined) return [pattern];
  return /[[\]]/.test(pattern.replaceAll(/\[[^\]]*\]/g, "")) ? undefined : (pattern.match(between) ?? []);
}

function partOf(text: string): PatternPart | undefined {
  const kind = text.startsWith("&") ? "and" : text.startsWith("!") ? "not" : "or";
  const whole = kind === "or" ? text : text.slice(1);
  if (whole === "" || whole === "~") return undefined;
  const match = whole.startsWith("~") ? null : subscript.exec(whole);
  const { name, index, start, end } = match?.groups ?? {};
  if (name === undefined) return { text, kind, expression: whole };
  if (index !== undefined) return { text, kind, expression: name, subscript: [Number(index)] };
  return { text, kind, expression: name, subscript: [Number(start), end === "" ? -1 : Number(end)] };
}

const subscript = /^(?<name>.+)\[(?:(?<index>-?[0-9]+)|(?<start>[0-9]+)[:-](?<end>[0-9]*))\]$/s;
