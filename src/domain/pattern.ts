import { compilePattern, type Program } from "./pattern-program.ts";
import { readPattern, type PatternFeature } from "./pattern-tree.ts";
import { fail, ok, type Result } from "./result.ts";

/** Characters of a text that is held against a pattern; longer ones do not match. */
export const LONGEST_MATCHED_TEXT = 10_000;

const LONGEST_PATTERN = 1000;
const MOST_INSTRUCTIONS = 5000;
/** Instructions that are followed for one text: a fraction of a second. */
const MOST_STEPS = 10_000_000;

/** Why a pattern cannot be used. */
export type PatternProblem =
  /** `detail` is the engine's message, in English. */
  | { readonly reason: "syntax"; readonly detail: string }
  /** A backreference, a lookbehind, or flags for a part: they cannot be matched in bounded time. */
  | PatternFeature
  | { readonly reason: "too-large"; readonly limit: number };

/** Whether a whole text matches. */
export type TextMatcher = (text: string) => boolean;

/**
 * Reads a regular expression (JavaScript's, with the `u` flag) that whole texts are held against. Matching follows all
 * ways through the expression at once (Thompson's construction), so its time grows with the lengths of text and
 * pattern, never exponentially: `(a+)+$` is as harmless as `a+`. Lookaheads are tried again at each place; where that
 * takes more than MOST_STEPS, the text counts as one that does not match.
 */
export function parsePattern(source: string): Result<TextMatcher, PatternProblem> {
  if (source.length > LONGEST_PATTERN) return fail({ reason: "too-large", limit: LONGEST_PATTERN });
  try {
    new RegExp(source, "u").test("");
  } catch (error) {
    return fail({ reason: "syntax", detail: error instanceof Error ? error.message : String(error) });
  }
  const tree = readPattern(source);
  if (!tree.ok) return tree;
  const program = compilePattern(tree.value, MOST_INSTRUCTIONS);
  if (program === undefined) return fail({ reason: "too-large", limit: MOST_INSTRUCTIONS });
  return ok((text) => {
    const characters = Array.from(text);
    if (characters.length > LONGEST_MATCHED_TEXT) return false;
    return new Matching(characters).matches(program);
  });
}

const isWord = (character: string | undefined): boolean => character !== undefined && /^\w$/.test(character);

class Matching {
  readonly #characters: readonly string[];
  #steps = 0;

  constructor(characters: readonly string[]) {
    this.#characters = characters;
  }

  matches(program: Program): boolean {
    return this.#run(program, 0, true) && this.#steps <= MOST_STEPS;
  }

  /** Follows all ways from one place: to the text's end, or only until one of them has come through. */
  #run(program: Program, start: number, toEnd: boolean): boolean {
    let ways = [0];
    const seen = new Int32Array(program.length).fill(-1);
    for (let at = start; at <= this.#characters.length; at += 1) {
      const { reached, next } = this.#advance(program, ways, at, seen);
      if (reached && (!toEnd || at === this.#characters.length)) return true;
      if (next.length === 0 || this.#steps > MOST_STEPS) return false;
      ways = next;
    }
    return false;
  }

  /** What the ways reach at a place without taking a character, and where they go on behind it; `seen` there already. */
  #advance(
    program: Program,
    ways: readonly number[],
    at: number,
    seen: Int32Array,
  ): { readonly reached: boolean; readonly next: number[] } {
    const character = this.#characters[at];
    const waiting = [...ways];
    const next: number[] = [];
    let reached = false;
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      const instruction = program[number];
      if (instruction === undefined || seen[number] === at) continue;
      seen[number] = at;
      this.#steps += 1;
      if (this.#steps > MOST_STEPS) break;
      if (instruction.does === "match") reached = true;
      else if (instruction.does === "go") waiting.push(...instruction.to);
      else if (instruction.does === "character") {
        if (character !== undefined && instruction.test(character)) next.push(number + 1);
      } else if (this.#holds(instruction, at)) waiting.push(number + 1);
    }
    return { reached, next };
  }

  #holds(instruction: Exclude<Program[number], { does: "match" | "go" | "character" }>, at: number): boolean {
    switch (instruction.does) {
      case "start":
        return at === 0;
      case "end":
        return at === this.#characters.length;
      case "ahead":
        return this.#run(instruction.program, at, false) !== instruction.negated;
      default: {
        const isBoundary = isWord(this.#characters[at - 1]) !== isWord(this.#characters[at]);
        return isBoundary === (instruction.does === "boundary");
      }
    }
  }
}
