import type { LocatedTaskProblem, Quotes } from "./task-problems.ts";

/** What is found wrong while a shell line is read. */
export class ShellFindings {
  readonly #problems: LocatedTaskProblem[] = [];
  #unterminated: LocatedTaskProblem | undefined;
  #ambiguous: LocatedTaskProblem | undefined;
  #hasPlaceholder = false;

  add(problem: LocatedTaskProblem): void {
    this.#problems.push(problem);
  }

  /** Something is not closed: reading ends. */
  unterminated(problem: LocatedTaskProblem): void {
    this.#unterminated ??= problem;
  }

  get isUnterminated(): boolean {
    return this.#unterminated !== undefined;
  }

  /** Shells differ here. That harms nobody where there is no placeholder. */
  ambiguous(construct: string, offset: number): void {
    this.#ambiguous ??= { reason: "ambiguous-shell", offset, construct };
  }

  /** A placeholder in quotes, or where something runs or calculates it (`by`); else all is well. */
  placeholder(place: {
    readonly name: string;
    readonly offset: number;
    readonly within: Quotes | undefined;
    readonly by: string | undefined;
  }): void {
    const { name, offset, within, by } = place;
    this.#hasPlaceholder = true;
    if (within !== undefined) this.add({ reason: "quoted-placeholder", offset, name, within });
    else if (by !== undefined) this.add({ reason: "evaluated-placeholder", offset, name, by });
  }

  /** All problems; behind `end` nothing counts when something is not closed, since nothing there is what it seems. */
  problems(end: number): readonly LocatedTaskProblem[] {
    if (this.#unterminated !== undefined) {
      return [...this.#problems.filter(({ offset }) => offset < end), this.#unterminated];
    }
    return this.#ambiguous !== undefined && this.#hasPlaceholder
      ? [...this.#problems, this.#ambiguous]
      : [...this.#problems];
  }
}
