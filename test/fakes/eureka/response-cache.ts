/** An encoded answer; undefined for an application that does not exist, which is cached too. */
export interface Payload {
  readonly text: string | undefined;
}

/**
 * Eureka's two caches (`ResponseCacheImpl`): a change empties the read-write cache at once, but clients read the
 * read-only cache, which takes over new answers at multiples of the interval only. The first read of a key is fresh.
 */
export class ResponseCache {
  readonly #readWrite = new Map<string, Payload>();
  readonly #readOnly = new Map<string, Payload>();
  readonly #load: (key: string) => string | undefined;
  readonly #updateMs: number;
  #timer: NodeJS.Timeout | undefined;

  /** `updateMs` 0 turns the read-only cache off (`use-read-only-response-cache: false`). */
  constructor(updateMs: number, load: (key: string) => string | undefined) {
    this.#updateMs = updateMs;
    this.#load = load;
  }

  start(): void {
    if (this.#updateMs === 0) return;
    // At multiples of the interval by the wall clock, as Eureka's timer does.
    const wait = this.#updateMs - (Date.now() % this.#updateMs);
    this.#timer = setTimeout(() => {
      this.#update();
      this.start();
    }, wait);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  get(key: string): string | undefined {
    if (this.#updateMs === 0) return this.#loaded(key).text;
    const payload = this.#readOnly.get(key) ?? this.#loaded(key);
    this.#readOnly.set(key, payload);
    return payload.text;
  }

  /** Removes the answers whose key passes from the read-write cache; readers notice at the next update. */
  invalidate(isStale: (key: string) => boolean): void {
    for (const key of this.#readWrite.keys()) if (isStale(key)) this.#readWrite.delete(key);
  }

  #update(): void {
    for (const key of this.#readOnly.keys()) this.#readOnly.set(key, this.#loaded(key));
  }

  #loaded(key: string): Payload {
    const payload = this.#readWrite.get(key) ?? { text: this.#load(key) };
    this.#readWrite.set(key, payload);
    return payload;
  }
}
