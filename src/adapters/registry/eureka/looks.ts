import type { Failure, Outcome } from "../../../engine/errors.ts";
import type { InstanceStatus, PeerReport } from "../../../engine/registry-failure.ts";
import type { Clock, RegistryInstance } from "../../../engine/ports.ts";
import type { EurekaInstance } from "./eureka-instance.ts";
import { reportFailure } from "./peer-failures.ts";
import type { Peer } from "./peer.ts";
import type { Timing } from "./timing.ts";

/** All peers of one application, and the time. */
export interface Peers {
  readonly app: string;
  readonly all: readonly Peer[];
  readonly clock: Clock;
  readonly timing: Timing;
}

/** What one peer says of one instance: it, its absence, or no usable answer. */
export interface Look {
  readonly peer: Peer;
  readonly instance?: EurekaInstance;
  readonly failure?: Failure;
}

/** Asks every peer's registry itself, never its cache. */
export function lookEverywhere(peers: Peers, id: string, signal: AbortSignal): Promise<readonly Look[]> {
  return Promise.all(peers.all.map(async (peer) => lookOf(peer, await peer.live(id, signal))));
}

export function lookOf(peer: Peer, outcome: Outcome<EurekaInstance | undefined>): Look {
  if (!outcome.ok) return { peer, failure: outcome.failure };
  return outcome.value === undefined ? { peer } : { peer, instance: outcome.value };
}

/** True when every peer shows the status; `override` too, where it is asked for. */
export function allShow(looks: readonly Look[], status: InstanceStatus, override?: InstanceStatus): boolean {
  return looks.every(
    ({ instance }) => instance?.status === status && (override === undefined || instance.overriddenStatus === override),
  );
}

/** The looks as facts for messages. */
export function reportsOf(looks: readonly Look[]): readonly PeerReport[] {
  return looks.map(({ peer, instance, failure }) => {
    if (failure !== undefined) return reportFailure(peer.url, failure);
    if (instance === undefined) return { peer: peer.url, shows: "absent" };
    const { status, overriddenStatus } = instance;
    return { peer: peer.url, shows: status, ...(overriddenStatus === "UNKNOWN" ? {} : { override: overriddenStatus }) };
  });
}

/** The first failure of a peer among the looks. */
export function failureOf(looks: readonly Look[]): Failure | undefined {
  return looks.find(({ failure }) => failure !== undefined)?.failure;
}

/** Milliseconds in which every client of these leases has sent a heartbeat. */
export function heartbeatOf(looks: readonly Look[], timing: Timing): number {
  const intervals = looks.flatMap(({ instance }) => instance?.heartbeat ?? []);
  return (intervals.length === 0 ? timing.heartbeat : Math.max(...intervals)) + timing.heartbeatMargin;
}

/** The instance for the engine; undefined when no peer has it. */
export function foundInstance(host: string, looks: readonly Look[]): RegistryInstance | undefined {
  const first = looks.find(({ instance }) => instance !== undefined)?.instance;
  if (first === undefined) return undefined;
  const { id, hostname, address, port, status } = first;
  return { host, id, hostname, address, port, status, peers: reportsOf(looks) };
}
