import { fail, ok, type Result } from "./result.ts";

/** A regular expression as far as it can be matched in bounded time. */
export type PatternNode =
  /** One character that the piece of the expression, a literal, class or escape, matches by itself. */
  | { readonly kind: "character"; readonly source: string }
  | { readonly kind: "sequence"; readonly nodes: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly nodes: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly node: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: "start" | "end" | "boundary" | "no-boundary" }
  | { readonly kind: "ahead"; readonly node: PatternNode; readonly negated: boolean };

/** What a regular expression may not use here, with the piece at fault. */
export interface PatternFeature {
  readonly reason: "backreference" | "lookbehind" | "flags";
  readonly seen: string;
}

/** Reads an expression that `new RegExp(source, "u")` has accepted: only its structure is to be found. */
export function readPattern(source: string): Result<PatternNode, PatternFeature> {
  const reader = new PatternReader(source);
  const node = reader.choice();
  return reader.feature === undefined ? ok(node) : fail(reader.feature);
}

/** A character class, an escape of several characters, or one character. */
const character =
  /\[(?:[^\]\\]|\\.)*\]|\\u\{[^}]*\}|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\[pP]\{[^}]*\}|\\.|./suy;
const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;
const group = /\((?:\?(?:<[^=!>][^>]*>|:|(<?[=!])|([a-z-]+:)))?/suy;

class PatternReader {
  readonly #source: string;
  #at = 0;
  feature: PatternFeature | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  choice(): PatternNode {
    const nodes = [this.#sequence()];
    while (this.#source[this.#at] === "|") {
      this.#at += 1;
      nodes.push(this.#sequence());
    }
    const [only] = nodes;
    return only !== undefined && nodes.length === 1 ? only : { kind: "choice", nodes };
  }

  #sequence(): PatternNode {
    const nodes: PatternNode[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#at))) {
      nodes.push(this.#repeated(this.#term()));
    }
    return { kind: "sequence", nodes };
  }

  #term(): PatternNode {
    if (this.#source[this.#at] === "(") return this.#group();
    const piece = this.#match(character)?.[0] ?? "";
    if (piece === "^") return { kind: "start" };
    if (piece === "$") return { kind: "end" };
    if (piece === String.raw`\b`) return { kind: "boundary" };
    if (piece === String.raw`\B`) return { kind: "no-boundary" };
    if (/^\\[1-9k]/.test(piece)) this.feature ??= { reason: "backreference", seen: piece };
    return { kind: "character", source: piece };
  }

  #group(): PatternNode {
    const [opening = "(", look, flags] = this.#match(group) ?? [];
    if (flags !== undefined) this.feature ??= { reason: "flags", seen: opening };
    if (look?.startsWith("<")) this.feature ??= { reason: "lookbehind", seen: opening };
    const node = this.choice();
    // The closing parenthesis.
    this.#at += 1;
    return look === undefined ? node : { kind: "ahead", node, negated: look.endsWith("!") };
  }

  #repeated(node: PatternNode): PatternNode {
    const found = this.#match(quantifier);
    if (found === undefined) return node;
    const [, sign, least, comma, most] = found;
    if (sign !== undefined) {
      return { kind: "repeat", node, min: sign === "+" ? 1 : 0, max: sign === "?" ? 1 : Number.POSITIVE_INFINITY };
    }
    const min = Number(least);
    const max = comma === "" ? min : most === "" ? Number.POSITIVE_INFINITY : Number(most);
    return { kind: "repeat", node, min, max };
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#source) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}
