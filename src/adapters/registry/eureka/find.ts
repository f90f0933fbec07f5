import { fail, ok } from "../../../domain/result.ts";
import type { Failure, Outcome } from "../../../engine/errors.ts";
import type { InstanceMatch, RegistryInstance } from "../../../engine/ports.ts";
import type { EurekaInstance } from "./eureka-instance.ts";
import { likelyIds } from "./likely-ids.ts";
import { failureOf, foundInstance, type Look, lookEverywhere, type Peers, reportsOf } from "./looks.ts";
import { compare, comparedInstance, pickInstance } from "./match.ts";
import { until } from "./polling.ts";

/** Failures that a later look may cure: cached lists are behind, peers learn from heartbeats. */
const curable: ReadonlySet<Failure["reason"]> = new Set(["instance-not-found", "peers-disagree"]);

/** Finds the one instance of a container on all peers; looks again for `patience` seconds. */
export async function findInstance(
  peers: Peers,
  match: InstanceMatch,
  patience: number,
  signal: AbortSignal,
): Promise<Outcome<RegistryInstance>> {
  const { clock, timing } = peers;
  let latest: Failure | undefined;
  const within = () => patience * 1000;
  const found = await until({ clock, within, every: timing.poll, signal, host: match.host }, async () => {
    const outcome = await findOnce(peers, match, signal);
    if (outcome.ok || !curable.has(outcome.failure.reason)) return outcome;
    latest = outcome.failure;
    return ok(undefined);
  });
  if (!found.ok) return found;
  if (found.value !== undefined) return ok(found.value);
  return fail(latest ?? { reason: "instance-not-found", host: match.host, app: peers.app, seen: [] });
}

async function findOnce(peers: Peers, match: InstanceMatch, signal: AbortSignal): Promise<Outcome<RegistryInstance>> {
  const { host } = match;
  const { app } = peers;
  const listed = await shownInstances(peers, match, signal);
  if (!listed.ok) return listed;
  const picked = pickInstance(match, listed.value);
  if (picked.kind === "other-host") return fail(otherHost(peers, match, picked.instance));
  if (picked.kind === "several") return fail({ reason: "instance-ambiguous", host, app, seen: picked.seen });
  if (picked.kind === "none") return fail({ reason: "instance-not-found", host, app, seen: picked.seen });

  // Lists are cached answers: only the registries themselves say what is there.
  const looks = await lookEverywhere(peers, picked.instance.id, signal);
  const failure = failureOf(looks);
  if (failure !== undefined) return fail(failure);
  const found = foundInstance(host, looks);
  if (found === undefined) {
    return fail({ reason: "instance-not-found", host, app, seen: [comparedInstance(picked.instance, "gone")] });
  }
  const misfit = misfitOf(match, looks);
  if (misfit !== undefined) return fail(otherHost(peers, match, misfit));
  if (looks.some(({ instance }) => instance === undefined)) {
    return fail({ reason: "peers-disagree", host, instance: found.id, peers: reportsOf(looks) });
  }
  return ok(found);
}

/** Every instance that a peer lists, and those under likely ids that the lists do not show yet. */
async function shownInstances(
  peers: Peers,
  match: InstanceMatch,
  signal: AbortSignal,
): Promise<Outcome<readonly EurekaInstance[]>> {
  const lists = await Promise.all(peers.all.map((peer) => peer.list(signal)));
  const listed: EurekaInstance[] = [];
  for (const list of lists) {
    if (!list.ok) return list;
    listed.push(...list.value);
  }
  return ok([...listed, ...(await unlisted(peers, match, listed, signal))]);
}

/** The instances under likely ids that are registered but not in the lists; peers that fail are left out. */
export async function unlisted(
  peers: Peers,
  match: InstanceMatch,
  listed: readonly EurekaInstance[],
  signal: AbortSignal,
): Promise<readonly EurekaInstance[]> {
  const ids = likelyIds(match, listed);
  const looks = await Promise.all(ids.map((id) => lookEverywhere(peers, id, signal)));
  return looks.flat().flatMap(({ instance }) => instance ?? []);
}

/** A peer's live copy that does not fit: hosts whose names do not resolve share one lease, and the last one owns it. */
function misfitOf(match: InstanceMatch, looks: readonly Look[]): EurekaInstance | undefined {
  return looks.flatMap(({ instance }) => instance ?? []).find((instance) => !compare(match, instance).fits);
}

/** The failure for an instance that bears this host's or container's name but is another's. */
export function otherHost({ app }: Peers, match: InstanceMatch, { id, address }: EurekaInstance): Failure {
  const expected = [...match.addresses, ...(match.containerAddresses ?? [])];
  return { reason: "instance-of-other-host", host: match.host, app, instance: id, address, expected };
}
