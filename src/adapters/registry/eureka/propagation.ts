import { fail, ok } from "../../../domain/result.ts";
import type { Failure, Outcome } from "../../../engine/errors.ts";
import type { PeerReport } from "../../../engine/registry-failure.ts";
import type { InstanceId } from "../../../engine/ports.ts";
import type { EurekaInstance } from "./eureka-instance.ts";
import { type Look, lookOf, type Peers, reportsOf } from "./looks.ts";
import type { Peer } from "./peer.ts";
import { until } from "./polling.ts";

/** What a peer tells its clients of one instance. */
export interface CachedView {
  /** In the full answer; undefined when it is not in there. */
  readonly full: EurekaInstance | undefined;
  /** In the delta; undefined when it did not change lately. */
  readonly delta: EurekaInstance | undefined;
}

/** `yes`; `no`; `likely`: the delta does not mention it, which is so some minutes after the change, or just before it is told. */
export function tellsOutOfService({ full, delta }: CachedView): "yes" | "no" | "likely" {
  // Clients choose among what is UP alone (Spring Cloud's EurekaServiceInstance list, Ribbon's DiscoveryEnabledNIWSServerList).
  if (full?.status === "UP") return "no";
  if (delta === undefined) return "likely";
  return delta.deleted || delta.status !== "UP" ? "yes" : "no";
}

/** Waits until what every peer tells its clients has the instance out of service; returns the seconds it took. */
export async function awaitPropagation(
  peers: Peers,
  instance: InstanceId,
  signal: AbortSignal,
): Promise<Outcome<number>> {
  const { host, id } = instance;
  const { clock, timing } = peers;
  const began = clock.now().getTime();
  let reports: readonly PeerReport[] = [];
  let likely = 0;
  const round = async () => {
    const looks = await Promise.all(peers.all.map((peer) => lookAtCaches(peer, id, signal)));
    reports = reportsOf(looks);
    const told = looks.map(({ failure, view }) => (failure === undefined ? tellsOutOfService(view) : "no"));
    // Cached answers are renewed one after the other: an answer without the instance counts when it stays so.
    likely = told.includes("no") ? 0 : likely + 1;
    return ok(told.every((tells) => tells === "yes") || likely >= 2 ? true : undefined);
  };
  const seconds = () => (clock.now().getTime() - began) / 1000;
  const within = () => timing.propagation;
  const propagated = await until({ clock, within, every: timing.poll, signal, host }, round);
  if (!propagated.ok) return propagated;
  if (propagated.value === true) return ok(seconds());
  const waited = Math.round(seconds());
  return fail({ reason: "drain-unconfirmed", host, instance: id, seconds: waited, cached: true, peers: reports });
}

/** The full answer first: a delta read after it is at least as new. */
async function lookAtCaches(
  peer: Peer,
  id: string,
  signal: AbortSignal,
): Promise<Look & { readonly view: CachedView }> {
  const failed = (failure: Failure) => ({ peer, failure, view: { full: undefined, delta: undefined } });
  const full = await peer.list(signal);
  if (!full.ok) return failed(full.failure);
  const delta = await peer.delta(signal);
  if (!delta.ok) return failed(delta.failure);
  const named = (each: EurekaInstance) => each.id === id;
  const view = { full: full.value.find(named), delta: delta.value?.find(named) };
  return { ...lookOf(peer, ok(view.full)), view };
}
