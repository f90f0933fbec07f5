import { fail, ok } from "../../../domain/result.ts";
import type { Outcome } from "../../../engine/errors.ts";
import type { PeerReport } from "../../../engine/registry-failure.ts";
import type { InstanceId } from "../../../engine/ports.ts";
import { allShow, heartbeatOf, type Look, lookEverywhere, type Peers, reportsOf } from "./looks.ts";
import type { Peer } from "./peer.ts";
import { reportFailure } from "./peer-failures.ts";
import { until } from "./polling.ts";

/** How often an override is removed from one peer before its lease is. */
const removalTries = 3;

/**
 * Removes the override on every peer and waits until each shows UP, for a few looks: a drain that peers still pass on
 * to each other may arrive late. Where the lease is out of service without an override, removing one changes nothing:
 * the lease is deleted, and the client registers again with its next heartbeat. A peer that fails keeps no other from
 * being put right.
 */
export async function undrainInstance(peers: Peers, instance: InstanceId, signal: AbortSignal): Promise<Outcome<void>> {
  const { host, id } = instance;
  const { clock, timing } = peers;
  const now = () => clock.now().getTime();
  const began = now();
  const removed = new Map<Peer, number>();
  const refused = new Map<Peer, PeerReport>();
  const removals = new Map<Peer, number>();
  /** When the lease of each peer was deleted last, and how often. */
  const cancelled = new Map<Peer, { readonly at: number; readonly times: number }>();
  let looks: readonly Look[] = [];
  let stable = 0;

  const note = (peer: Peer, outcome: Outcome<unknown>): void => {
    if (outcome.ok) refused.delete(peer);
    else refused.set(peer, reportFailure(peer.url, outcome.failure));
  };
  /** Writes only where something is left to write: each write renews the lease. */
  const write = async (peer: Peer, look: Look | undefined): Promise<void> => {
    const since = removed.get(peer);
    const drained = look?.instance?.status === "OUT_OF_SERVICE";
    // A late drain of another peer may have set it again; an override that does not go is one that has expired already.
    const overridden = drained && look.instance.overriddenStatus === "OUT_OF_SERVICE";
    if (since === undefined || (overridden && (removals.get(peer) ?? 0) < removalTries)) {
      const outcome = await peer.removeOverride(id, signal);
      note(peer, outcome);
      if (!outcome.ok) return;
      if (since === undefined) removed.set(peer, now());
      removals.set(peer, (removals.get(peer) ?? 0) + 1);
    } else if (drained) {
      // Peers that pass the old lease on to each other may bring it back once more.
      const { at, times } = cancelled.get(peer) ?? { at: since, times: 0 };
      if (now() - at < timing.undrainGrace || times >= timing.removals) return;
      const outcome = await peer.cancel(id, signal);
      note(peer, outcome);
      if (outcome.ok) cancelled.set(peer, { at: now(), times: times + 1 });
    }
  };

  // First what a client needs to come back after its lease was deleted, then as long again for the peers to agree.
  const within = () => timing.undrainGrace + 2 * heartbeatOf(looks, timing);
  const undone = await until({ clock, within, every: timing.poll, signal, host }, async () => {
    await Promise.all(peers.all.map((peer, index) => write(peer, looks[index])));
    looks = await lookEverywhere(peers, id, signal);
    stable = refused.size === 0 && allShow(looks, "UP", "UNKNOWN") ? stable + 1 : 0;
    return ok(stable >= timing.stableLooks ? true : undefined);
  });
  if (!undone.ok) return undone;
  if (undone.value === true) return ok(undefined);
  const reports = reportsOf(looks).map((report, index) => {
    const peer = peers.all[index];
    return (peer === undefined ? undefined : refused.get(peer)) ?? report;
  });
  const seconds = Math.round((now() - began) / 1000);
  return fail({ reason: "undrain-unconfirmed", host, instance: id, seconds, peers: reports });
}
