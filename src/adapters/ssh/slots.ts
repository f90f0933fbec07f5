/** A fixed number of places; who finds none waits in line. */
export class Slots {
  readonly #count: number;
  #taken = 0;
  readonly #line: (() => void)[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  /** Waits for a place; returns how to give it back, or undefined when the signal aborted first. */
  async take(signal?: AbortSignal): Promise<(() => void) | undefined> {
    if (signal?.aborted) return undefined;
    if (this.#taken < this.#count) this.#taken += 1;
    else if (!(await this.#queue(signal))) return undefined;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      // The place goes straight to the next in line: nobody can slip in between.
      const next = this.#line.shift();
      if (next === undefined) this.#taken -= 1;
      else next();
    };
  }

  #queue(signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = (): void => {
        const at = this.#line.indexOf(enter);
        if (at >= 0) this.#line.splice(at, 1);
        resolve(false);
      };
      const enter = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve(true);
      };
      this.#line.push(enter);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }
}
