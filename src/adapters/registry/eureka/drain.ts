import { fail, ok } from "../../../domain/result.ts";
import type { Outcome } from "../../../engine/errors.ts";
import type { PeerReport } from "../../../engine/registry-failure.ts";
import type { InstanceId } from "../../../engine/ports.ts";
import { failureOf, heartbeatOf, type Look, lookEverywhere, type Peers, reportsOf } from "./looks.ts";
import { reportFailure } from "./peer-failures.ts";
import { until } from "./polling.ts";

/**
 * Takes the instance out of service on every peer, confirmed by live reads. A peer that does not know the instance
 * yet may learn of it from its next heartbeat, as UP: so it is waited for that long, and told then; one that never
 * learns of it leaves the drain unconfirmed.
 */
export async function drainInstance(peers: Peers, instance: InstanceId, signal: AbortSignal): Promise<Outcome<void>> {
  const { host, id } = instance;
  const { clock, timing } = peers;
  const primed = await prime(peers, signal);
  if (signal.aborted) return fail({ reason: "aborted", host });
  if (!primed.ok) return primed;

  const began = clock.now().getTime();
  const unconfirmed = (reports: readonly PeerReport[]) => {
    const seconds = Math.round((clock.now().getTime() - began) / 1000);
    return fail({ reason: "drain-unconfirmed" as const, host, instance: id, seconds, cached: false, peers: reports });
  };
  let looks: readonly Look[] = [];
  const within = () => heartbeatOf(looks, timing);
  const drained = await until({ clock, within, every: timing.poll, signal, host }, async () => {
    const writes = await Promise.all(peers.all.map((peer, index) => writeWhereNeeded(peer, looks[index])));
    looks = await lookEverywhere(peers, id, signal);
    const reports = reportsOf(looks).map((report, index) => writes[index] ?? report);
    if (writes.some((write) => write !== undefined) || failureOf(looks) !== undefined) return unconfirmed(reports);
    return ok(looks.every(isOut) ? true : undefined);
  });
  if (!drained.ok) return drained;
  return drained.value === true ? ok(undefined) : unconfirmed(reportsOf(looks));

  /** Writes in the first round and, later, only where a live read shows the instance still in service. */
  async function writeWhereNeeded(peer: Peers["all"][number], look: Look | undefined): Promise<PeerReport | undefined> {
    if (look !== undefined && (look.instance === undefined || isOut(look))) {
      return undefined;
    }
    const written = await peer.takeOutOfService(id, signal);
    return written.ok ? undefined : reportFailure(peer.url, written.failure);
  }
}

/** What a client says of itself as DOWN or STARTING wins over any status set over it, and leads no traffic there either. */
function isOut({ instance }: Look): boolean {
  return instance !== undefined && ["OUT_OF_SERVICE", "DOWN", "STARTING"].includes(instance.status);
}

/**
 * Reads the cached answers that clients read, before anything changes: the first read ever of one is fresh, and only
 * from then on it is as stale as what clients get (Eureka's ResponseCacheImpl), so that waiting for it means something.
 */
async function prime(peers: Peers, signal: AbortSignal): Promise<Outcome<void>> {
  const reads = await Promise.all(peers.all.flatMap((peer) => [peer.list(signal), peer.delta(signal)]));
  const failed = reads.find((read) => !read.ok);
  return failed !== undefined && !failed.ok ? failed : ok(undefined);
}
