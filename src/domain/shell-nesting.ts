/** What has been opened in a shell line and is to be closed. */
export interface Open {
  readonly kind: "substitution" | "subshell" | "double" | "parameter" | "arithmetic";
  readonly opener: string;
  readonly offset: number;
}

/** What stands around the place that is being read, the outermost first. */
export class ShellNesting {
  readonly #open: Open[] = [];
  readonly #parentheses: number[] = [];

  open(open: Open): void {
    this.#open.push(open);
    if (open.kind === "arithmetic") this.#parentheses.push(2);
  }

  close(): Open | undefined {
    const open = this.#open.pop();
    if (open?.kind === "arithmetic") this.#parentheses.pop();
    return open;
  }

  get outermost(): Open | undefined {
    return this.#open[0];
  }

  get innermost(): Open | undefined {
    return this.#open.at(-1);
  }

  has(kind: Open["kind"]): boolean {
    return this.#open.some((each) => each.kind === kind);
  }

  /** What would calculate a value that stands here. */
  get evaluator(): string | undefined {
    return this.#open.find(({ kind }) => kind === "parameter" || kind === "arithmetic")?.opener;
  }

  /** Counts a parenthesis of arithmetic, which begins with two; returns whether it was the last one. */
  countParenthesis(character: string): boolean {
    const depth = (this.#parentheses.pop() ?? 0) + (character === "(" ? 1 : character === ")" ? -1 : 0);
    this.#parentheses.push(depth);
    return depth === 0;
  }
}
