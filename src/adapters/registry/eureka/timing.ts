/** How long things may take, in milliseconds where not said otherwise. */
export interface Timing {
  /** Until a peer has taken the connection and begun to answer. */
  readonly answer: number;
  /** Until the whole answer is there. */
  readonly body: number;
  /** Before the second, third, ... try of a request that got no answer or a 5xx. */
  readonly pauses: readonly number[];
  /** Between two looks while waiting. */
  readonly poll: number;
  /** Between the heartbeats of an instance that does not tell its own (`eureka.instance.lease-renewal-interval-in-seconds`). */
  readonly heartbeat: number;
  /** Added to the instance's heartbeat interval wherever a heartbeat is waited for. */
  readonly heartbeatMargin: number;
  /** Until the peers' cached answers show a drain. Eureka's own default needs up to 30 s. */
  readonly propagation: number;
  /** From the removal of an override until a lease that is still out of service is deleted. */
  readonly undrainGrace: number;
  /** From the deletion of a lease until the look whether it came back. */
  readonly recheck: number;
  /** How often a lease that comes back is deleted again. */
  readonly removals: number;
  /** Looks in a row that must agree before an instance counts as UP. */
  readonly stableLooks: number;
}

export const defaultTiming: Timing = {
  answer: 5000,
  body: 15_000,
  pauses: [250, 1000],
  poll: 1000,
  heartbeat: 30_000,
  heartbeatMargin: 10_000,
  propagation: 120_000,
  undrainGrace: 3000,
  recheck: 2000,
  removals: 3,
  stableLooks: 3,
};
