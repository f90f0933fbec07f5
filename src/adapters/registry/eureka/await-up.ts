import { fail, ok } from "../../../domain/result.ts";
import type { Failure, Outcome } from "../../../engine/errors.ts";
import type { PeerReport } from "../../../engine/registry-failure.ts";
import type { InstanceMatch, RegistryInstance } from "../../../engine/ports.ts";
import { type Candidate, newestCandidate } from "./candidate.ts";
import { otherHost } from "./find.ts";
import { allShow, failureOf, foundInstance, type Look, lookEverywhere, type Peers, reportsOf } from "./looks.ts";
import { compare } from "./match.ts";
import { until } from "./polling.ts";
import { isOfThisStart, type Started } from "./registration.ts";

/**
 * Waits until one registration of this start is UP on every peer, without an override, and stays the same for several
 * looks. Peers that do not answer meanwhile are asked again until the deadline (seconds).
 */
export async function awaitInstanceUp(
  peers: Peers,
  match: InstanceMatch,
  started: Started,
  deadline: number,
  onWaiting: (peers: readonly PeerReport[]) => void,
  signal: AbortSignal,
): Promise<Outcome<RegistryInstance>> {
  const { clock, timing } = peers;
  const { host } = match;
  const began = clock.now().getTime();
  const steadiness = new Steadiness();
  let id: string | undefined;
  let latest: Candidate = { looks: [], seen: [] };
  let told = "";

  const round = async (): Promise<Outcome<RegistryInstance | undefined>> => {
    const candidate: Outcome<Candidate> =
      id === undefined
        ? await newestCandidate(peers, match, started, signal)
        : ok({ id, looks: await lookEverywhere(peers, id, signal), seen: [] });
    if (!candidate.ok) return candidate;
    latest = candidate.value;
    const { looks } = latest;
    // One that has gone everywhere, or is of an earlier start, may be followed by one with another id.
    id = looks.some((look) => ofThisStart(look, match, started)) ? latest.id : undefined;

    const isUp = id !== undefined && isUpEverywhere(looks, match, started);
    const same = steadiness.see(isUp ? fingerprint(looks) : undefined, failureOf(looks) !== undefined);
    if (same >= timing.stableLooks) return ok(foundInstance(host, looks));
    const reports = reportsOfStart(looks, started);
    if (JSON.stringify(reports) !== told) onWaiting(reports);
    told = JSON.stringify(reports);
    return ok(undefined);
  };

  const within = () => deadline * 1000;
  const up = await until({ clock, within, every: timing.poll, signal, host }, round);
  if (!up.ok) return up;
  if (up.value !== undefined) return ok(up.value);
  const seconds = Math.round((clock.now().getTime() - began) / 1000);
  return fail(whyNotUp(peers, match, started, seconds, latest, steadiness.falls));
}

/** Counts looks in a row that agree, and how often that ended. */
class Steadiness {
  falls = 0;
  #print: string | undefined;
  #count = 0;

  /** @param print what was seen, where all was well; @param unknown some peer did not answer, which is no fall */
  see(print: string | undefined, unknown: boolean): number {
    if (print === undefined && this.#print !== undefined && !unknown) this.falls++;
    this.#count = print === undefined ? 0 : print === this.#print ? this.#count + 1 : 1;
    if (print !== undefined || !unknown) this.#print = print;
    return this.#count;
  }
}

function ofThisStart({ peer, instance }: Look, match: InstanceMatch, started: Started): boolean {
  return instance !== undefined && compare(match, instance).fits && isOfThisStart(instance, started, peer.clock);
}

function isUpEverywhere(looks: readonly Look[], match: InstanceMatch, started: Started): boolean {
  return allShow(looks, "UP", "UNKNOWN") && looks.every((look) => ofThisStart(look, match, started));
}

/** Changes with every registration. */
function fingerprint(looks: readonly Look[]): string {
  return looks.map(({ instance }) => `${instance?.id} ${instance?.registeredAt} ${instance?.dirtyAt}`).join("\n");
}

function reportsOfStart(looks: readonly Look[], started: Started): readonly PeerReport[] {
  return reportsOf(looks).map((report, index) => {
    const look = looks[index];
    const isOld = look?.instance !== undefined && !isOfThisStart(look.instance, started, look.peer.clock);
    return isOld ? { ...report, old: true } : report;
  });
}

function whyNotUp(
  peers: Peers,
  match: InstanceMatch,
  started: Started,
  seconds: number,
  { id, looks, seen, taken }: Candidate,
  falls: number,
): Failure {
  const { host } = match;
  const { app } = peers;
  // Where all that answer are content, those that do not are to blame.
  const answering = looks.filter(({ failure }) => failure === undefined);
  const failure = failureOf(looks);
  if (failure !== undefined && (answering.length === 0 || isUpEverywhere(answering, match, started))) return failure;
  if (taken !== undefined) return otherHost(peers, match, taken);
  const reports = reportsOfStart(looks, started);
  if (falls > 0) {
    return { reason: "instance-flapping", host, app, instance: id ?? "", seconds, falls, peers: reports };
  }
  const instance = id === undefined ? {} : { instance: id };
  return { reason: "instance-not-up", host, app, ...instance, seconds, peers: reports, seen };
}
