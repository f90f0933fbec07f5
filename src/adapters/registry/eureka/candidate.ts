import { fail, ok } from "../../../domain/result.ts";
import type { Outcome } from "../../../engine/errors.ts";
import type { ComparedInstance } from "../../../engine/registry-failure.ts";
import type { InstanceMatch } from "../../../engine/ports.ts";
import type { EurekaInstance } from "./eureka-instance.ts";
import { unlisted } from "./find.ts";
import { type Look, lookEverywhere, lookOf, type Peers } from "./looks.ts";
import { compare, comparedInstance, pickInstance } from "./match.ts";
import { isOfThisStart, type Started } from "./registration.ts";

/** What may become the instance of a start. */
export interface Candidate {
  /** Absent while nothing fits. */
  readonly id?: string;
  /** What each peer says of it; without an id, whether it answers at all. */
  readonly looks: readonly Look[];
  /** Everything that was seen instead. */
  readonly seen: readonly ComparedInstance[];
  /** One that bears the name but is another host's. */
  readonly taken?: EurekaInstance;
}

/**
 * The instance of a start among all that is registered: of those that fit, the one whose registration is new. Leases of
 * earlier containers on the same host (ghosts) fit too, and do not count beside it. Two new ones: `instance-ambiguous`.
 */
export async function newestCandidate(
  peers: Peers,
  match: InstanceMatch,
  started: Started,
  signal: AbortSignal,
): Promise<Outcome<Candidate>> {
  const lists = await Promise.all(peers.all.map((peer) => peer.list(signal)));
  const listed = lists.flatMap((list) => (list.ok ? list.value : []));
  const all = [...listed, ...(await unlisted(peers, match, listed, signal))];
  const fitting = [...new Set(all.filter((each) => compare(match, each).fits).map(({ id }) => id))];
  const looks = await Promise.all(fitting.map((id) => lookEverywhere(peers, id, signal)));

  const fresh = looks.flat().filter(({ peer, instance }) => {
    return instance !== undefined && isOfThisStart(instance, started, peer.clock);
  });
  const freshInstances = fresh.flatMap(({ instance }) => instance ?? []);
  const picked = pickInstance(match, freshInstances);
  if (picked.kind === "several") {
    return fail({ reason: "instance-ambiguous", host: match.host, app: peers.app, seen: picked.seen });
  }
  const chosen = picked.kind === "one" ? picked.instance.id : fitting[0];
  const its = fitting.findIndex((id) => id === chosen);
  const candidateLooks = looks[its];
  if (chosen !== undefined && candidateLooks !== undefined) return ok({ id: chosen, looks: candidateLooks, seen: [] });

  const nothing = peers.all.map((peer, index) => {
    const list = lists[index];
    return lookOf(peer, list === undefined || list.ok ? ok(undefined) : list);
  });
  const among = pickInstance(match, all);
  if (among.kind === "none") return ok({ looks: nothing, seen: among.seen });
  const seen = among.kind === "other-host" ? [comparedInstance(among.instance, "other-address")] : [];
  return ok({ looks: nothing, seen, ...(among.kind === "other-host" ? { taken: among.instance } : {}) });
}
