/** Whether leases may expire: always, or under self-preservation only while enough heartbeats come in. */
export class RenewalRate {
  readonly #selfPreservation: boolean;
  readonly #windowMs: number;
  #clients = 1; // Spring's server expects one client before any has registered
  #windowStart = Date.now();
  #current = 0;
  #last = 0;

  /** `windowMs` is Eureka's minute over which heartbeats are counted. */
  constructor(selfPreservation: boolean, windowMs: number) {
    this.#selfPreservation = selfPreservation;
    this.#windowMs = windowMs;
  }

  clientAdded(): void {
    if (this.#clients > 0) this.#clients++;
  }

  clientRemoved(): void {
    if (this.#clients > 0) this.#clients--;
  }

  renewed(): void {
    this.#roll();
    this.#current++;
  }

  /** False under self-preservation with fewer than 85 % of two heartbeats a minute a client. */
  leasesMayExpire(): boolean {
    if (!this.#selfPreservation) return true;
    this.#roll();
    const threshold = Math.trunc(this.#clients * 2 * 0.85);
    return threshold > 0 && this.#last > threshold;
  }

  #roll(): void {
    const windows = Math.floor((Date.now() - this.#windowStart) / this.#windowMs);
    if (windows === 0) return;
    this.#last = windows === 1 ? this.#current : 0;
    this.#current = 0;
    this.#windowStart += windows * this.#windowMs;
  }
}
