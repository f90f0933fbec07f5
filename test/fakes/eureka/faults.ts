/** Which calls go wrong and how; unset conditions match all. */
export interface Fault {
  readonly method?: string;
  /** Tested against path and query, `/eureka/apps/DEMO/id/status?value=UP`. */
  readonly path?: RegExp;
  /** How often it strikes; default: until cleared. */
  readonly times?: number;
  /** Answer this status without doing anything. */
  readonly status?: number;
  /** Wait first, then answer as told by `status`, or properly without one. */
  readonly delayMs?: number;
  /** Cut the connection without an answer. */
  readonly cut?: boolean;
  /** Do what was asked, then cut the connection: the caller cannot know. */
  readonly cutAfter?: boolean;
}

/** What goes wrong on one server; empty at the start. */
export class Faults {
  /** Instance changes lost on the way to the peers: how many batches, `Infinity` for all. */
  dropReplications = 0;
  #active: { readonly fault: Fault; left: number }[] = [];

  /** Adds a fault; the first that matches a call strikes. */
  add(fault: Fault): void {
    this.#active.push({ fault, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.#active = [];
    this.dropReplications = 0;
  }

  /** The fault that strikes that call, which counts as one time. */
  strike(method: string, path: string): Fault | undefined {
    const hit = this.#active.find(
      ({ fault, left }) =>
        left > 0 && (fault.method ?? method) === method && (fault.path === undefined || fault.path.test(path)),
    );
    if (hit === undefined) return undefined;
    hit.left--;
    return hit.fault;
  }

  /** True when the batch that is about to be sent gets lost. */
  dropsReplication(): boolean {
    if (this.dropReplications <= 0) return false;
    this.dropReplications--;
    return true;
  }
}
