import type { PatternNode } from "./pattern-tree.ts";

/** One instruction; `to` are the instructions that may follow, by number. */
type Instruction =
  | { readonly does: "match" }
  | { readonly does: "character"; readonly test: CharacterTest }
  | { readonly does: "go"; readonly to: readonly number[] }
  | { readonly does: "start" | "end" | "boundary" | "no-boundary" }
  | { readonly does: "ahead"; readonly program: Program; readonly negated: boolean };

export type Program = readonly Instruction[];

/** Makes the program of an expression, repetitions written out; undefined when it has more than `limit` instructions. */
export function compilePattern(node: PatternNode, limit: number): Program | undefined {
  const shared: Shared = { left: limit, tests: new Map() };
  const program = new Compiler(shared).compile(node);
  return shared.left < 0 ? undefined : program;
}

type CharacterTest = (character: string) => boolean;

/** What the programs of an expression and of its lookaheads share: the room that is left, and their characters. */
interface Shared {
  left: number;
  readonly tests: Map<string, CharacterTest>;
}

class Compiler {
  readonly #shared: Shared;
  readonly #program: Instruction[] = [];

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  compile(node: PatternNode): Program {
    this.#add(node);
    this.#emit({ does: "match" });
    return this.#program;
  }

  #add(node: PatternNode): void {
    switch (node.kind) {
      case "character":
        return void this.#emit({ does: "character", test: this.#test(node.source) });
      case "sequence":
        for (const each of node.nodes) this.#add(each);
        return;
      case "choice":
        return this.#choice(node.nodes);
      case "repeat":
        return this.#repeat(node);
      case "ahead": {
        const program = new Compiler(this.#shared).compile(node.node);
        return void this.#emit({ does: "ahead", program, negated: node.negated });
      }
      default:
        return void this.#emit({ does: node.kind });
    }
  }

  #choice(nodes: readonly PatternNode[]): void {
    const fork = this.#emit({ does: "go", to: [] });
    const starts: number[] = [];
    const ends: number[] = [];
    for (const node of nodes) {
      starts.push(this.#program.length);
      this.#add(node);
      ends.push(this.#emit({ does: "go", to: [] }));
    }
    this.#program[fork] = { does: "go", to: starts };
    for (const end of ends) this.#program[end] = { does: "go", to: [this.#program.length] };
  }

  #repeat({ node, min, max }: Extract<PatternNode, { kind: "repeat" }>): void {
    for (let count = 0; count < min && this.#addCopy(node); count += 1);
    if (max === Number.POSITIVE_INFINITY) {
      const fork = this.#emit({ does: "go", to: [] });
      this.#add(node);
      this.#emit({ does: "go", to: [fork] });
      this.#program[fork] = { does: "go", to: [fork + 1, this.#program.length] };
      return;
    }
    const forks: number[] = [];
    for (let count = min; count < max; count += 1) {
      forks.push(this.#emit({ does: "go", to: [] }));
      if (!this.#addCopy(node)) break;
    }
    for (const fork of forks) this.#program[fork] = { does: "go", to: [fork + 1, this.#program.length] };
  }

  /** False where another copy would change nothing, or there is no room for it. */
  #addCopy(node: PatternNode): boolean {
    const before = this.#program.length;
    this.#add(node);
    return this.#program.length > before && this.#shared.left >= 0;
  }

  #test(source: string): CharacterTest {
    const test = this.#shared.tests.get(source) ?? characterTest(source);
    this.#shared.tests.set(source, test);
    return test;
  }

  #emit(instruction: Instruction): number {
    this.#shared.left -= 1;
    return this.#program.push(instruction) - 1;
  }
}

/** A literal, class or escape never matches more than one character, so the engine's own matching is bounded. */
function characterTest(source: string): CharacterTest {
  const expression = new RegExp(`^(?:${source})$`, "u");
  const known = new Map<string, boolean>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const answer = expression.test(character);
    known.set(character, answer);
    return answer;
  };
}
