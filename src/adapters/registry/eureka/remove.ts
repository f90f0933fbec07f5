import { fail, ok } from "../../../domain/result.ts";
import type { Outcome } from "../../../engine/errors.ts";
import type { InstanceId } from "../../../engine/ports.ts";
import { failureOf, type Look, lookEverywhere, type Peers, reportsOf } from "./looks.ts";

/**
 * Deletes the lease on every peer, even where it is unknown (an override may be left there), and looks again a little
 * later: what peers pass on to each other may bring it back. The last word is a look at every peer.
 */
export async function removeInstance(peers: Peers, instance: InstanceId): Promise<Outcome<void>> {
  const { host, id } = instance;
  const { clock, timing } = peers;
  const signal = new AbortController().signal;
  let looks: readonly Look[] = [];
  for (let round = 0; round < timing.removals; round++) {
    const deleted = await Promise.all(peers.all.map((peer) => peer.cancel(id, signal)));
    await clock.sleep(timing.recheck);
    looks = await lookEverywhere(peers, id, signal);
    const missed = looks.map((look, index) => {
      const outcome = deleted[index];
      return outcome === undefined || outcome.ok ? look : { peer: look.peer, failure: outcome.failure };
    });
    if (missed.every((look) => look.instance === undefined && look.failure === undefined)) return ok(undefined);
    looks = missed;
    // A peer that has failed all its tries will not be better for one more.
    if (failureOf(missed) !== undefined) break;
  }
  return fail({ reason: "removal-unconfirmed", host, instance: id, peers: reportsOf(looks) });
}
