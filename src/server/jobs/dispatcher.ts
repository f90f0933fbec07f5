import type { Job, Queue } from "./queue.ts";

/** Milliseconds between looks where nothing wakes the dispatcher, and between signs of life of the jobs in hand. */
const LOOK = 1000;
const BEAT = 3000;

export interface DispatcherParts {
  readonly queue: Queue;
  /** How many runs this worker follows at once. */
  readonly capacity: number;
  /** Follows a request's run to its end; resolves when its job has been completed, or given up to somebody else. */
  readonly run: (job: () => Job, signal: AbortSignal) => Promise<void>;
  /** Queues a scheduled request whose time has come. */
  readonly due: (job: Job) => Promise<void>;
  readonly onError: (error: Error) => void;
}

/** Takes jobs as they come and keeps them alive. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #inHand = new Map<number, { job: Job; ended: Promise<void> }>();
  readonly #stopping = new AbortController();
  #wake: () => void = () => undefined;
  #looping: Promise<void> | undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  get running(): number {
    return this.#inHand.size;
  }

  start(): void {
    this.#beat = setInterval(() => void this.#touch(), BEAT);
    this.#looping = this.#loop();
  }

  /** Something may have become ready. */
  wake(): void {
    this.#wake();
  }

  /** Takes nothing more, lets go of what is in hand (it runs on at its place), and gives the jobs back. */
  async stop(): Promise<void> {
    clearInterval(this.#beat);
    this.#stopping.abort();
    this.#wake();
    await this.#looping;
    const left = [...this.#inHand.values()];
    await Promise.allSettled(left.map(({ ended }) => ended));
    await Promise.allSettled(left.map(({ job }) => this.#parts.queue.release(job)));
  }

  async #loop(): Promise<void> {
    let lookedForDue = 0;
    while (!this.#stopping.signal.aborted) {
      // Whatever wakes us while we look must not be lost.
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      let found = 0;
      try {
        if (Date.now() - lookedForDue >= LOOK) {
          lookedForDue = Date.now();
          await this.#queueDue();
        }
        found = await this.#fetch();
      } catch (error) {
        this.#parts.onError(asError(error));
      }
      if (found === 0) await Promise.race([woken, pause(LOOK)]);
    }
  }

  async #queueDue(): Promise<void> {
    const { queue, due } = this.#parts;
    for (const job of await queue.fetch("due", 50)) await due(job);
  }

  /** Begins what may begin now; returns how many. */
  async #fetch(): Promise<number> {
    const { queue, capacity } = this.#parts;
    const free = capacity - this.#inHand.size;
    const jobs = free > 0 ? await queue.fetch("run", free) : [];
    for (const job of jobs) this.#begin(job);
    return jobs.length;
  }

  #begin(job: Job): void {
    const known = this.#inHand.get(job.request);
    if (known !== undefined) {
      // The attempt has expired while we were at it (24 h, or a database that was away): go on under the new one.
      known.job = job;
      return;
    }
    const entry = { job, ended: Promise.resolve() };
    entry.ended = this.#parts
      .run(() => entry.job, this.#stopping.signal)
      .catch((error: unknown) => this.#parts.onError(asError(error)))
      .finally(() => {
        if (this.#stopping.signal.aborted) return;
        this.#inHand.delete(job.request);
        this.#wake();
      });
    this.#inHand.set(job.request, entry);
  }

  async #touch(): Promise<void> {
    const jobs = [...this.#inHand.values()].map(({ job }) => job);
    if (jobs.length > 0)
      await this.#parts.queue.touch(jobs).catch((error: unknown) => this.#parts.onError(asError(error)));
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
