/** What is known of a peer's clock from the Date headers of its answers (RFC 9110, 6.6.1; whole seconds, cut off). */
export interface ServerClock {
  /** Learns from one answer: its Date header, and when it arrived by this machine's clock (ms since the epoch). */
  learn(date: string | undefined, arrived: number): void;
  /**
   * A moment of this machine's clock in the peer's, in milliseconds since the epoch; never later than the true one, and
   * about a second early at most. The same moment when the peer sends no dates.
   */
  fromLocal(local: number): number;
  /** Seconds that the peer's clock is ahead, within a second; undefined when it sends no dates. */
  ahead(): number | undefined;
}

export function createServerClock(): ServerClock {
  // The server wrote its date before the answer arrived and cut it off, so each difference is too small, never too
  // large: the largest is the nearest to the truth.
  let offset: number | undefined;
  return {
    learn(date, arrived) {
      const server = date === undefined ? Number.NaN : Date.parse(date);
      if (!Number.isNaN(server)) offset = Math.max(offset ?? -Infinity, server - arrived);
    },
    fromLocal: (local) => local + (offset ?? 0),
    ahead: () => (offset === undefined ? undefined : Math.round((offset + 500) / 1000)),
  };
}
