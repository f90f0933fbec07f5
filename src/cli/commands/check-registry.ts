import { formatDuration } from "../../domain/duration.ts";
import { isUp, servingVersion } from "../../domain/container.ts";
import type { Eureka, Project } from "../../domain/project.ts";
import { attempt, unwrap } from "../../engine/errors.ts";
import { matchOf } from "../../engine/instances.ts";
import type { PeerCheck, ServiceRegistry, Target } from "../../engine/ports.ts";
import { explainFailure } from "../output/explain.ts";
import { EXIT, type Services } from "../services.ts";
import type { Printer } from "./check-printer.ts";

/** Seconds between clocks from which the times that peers tell are worth a word. */
const CLOCK_SKEW = 30;
/** Milliseconds for which a peer's answers stay as they are, by Eureka's default (`response-cache-update-interval-ms`). */
const SERVER_CACHE = 30_000;

/**
 * Asks every Eureka peer for the project, looks for the instance of what runs on each host, and compares the wait with
 * the caches that it is for. Says nothing of projects that are not drained by way of Eureka.
 */
export async function checkRegistry(
  project: Project,
  targets: readonly (Target | undefined)[],
  services: Services,
  print: Printer,
  worse: (code: number) => void,
): Promise<void> {
  const { eureka, drain } = project;
  if (eureka === undefined || drain.method === "none") return;
  const registry = await services.adapters.openServiceRegistry(eureka);
  const peers = await registry.check();
  for (const peer of peers) checkPeer(peer, peers, eureka, services, print, worse);
  checkWait(project, services, print);
  if (peers.some(({ failure }) => failure !== undefined)) return;
  const reached = targets.filter((target) => target !== undefined);
  await Promise.all(reached.map((target) => checkInstance(project, eureka, registry, target, services, print, worse)));
}

function checkPeer(
  { peer, base, failure, instances, replicas, clockAhead = 0 }: PeerCheck,
  all: readonly PeerCheck[],
  eureka: Eureka,
  { words }: Services,
  print: Printer,
  worse: (code: number) => void,
): void {
  if (failure !== undefined) {
    const { what, todo } = explainFailure(words, failure);
    print.bad(peer, what, todo);
    worse(EXIT.failed);
    return;
  }
  const shown = instances.map(({ id, status }) => `${id} ${status}`);
  print.good(peer, words.check.peer(base ?? peer, eureka.appName, shown));
  if (Math.abs(clockAhead) >= CLOCK_SKEW) print.warn(peer, words.check.clock(clockAhead));
  const known = new Set(all.map((each) => new URL(each.peer).host));
  const unlisted = replicas.filter((replica) => !known.has(new URL(replica).host));
  if (unlisted.length > 0) print.warn(peer, words.check.unlistedPeers(unlisted));
}

function checkWait({ name, drain }: Project, { words }: Services, print: Printer): void {
  if (drain.wait === "auto") return;
  const { clientFetch, loadBalancer, margin } = drain;
  const needed = SERVER_CACHE + clientFetch + loadBalancer;
  if (drain.wait >= needed) return print.good(name, words.check.safeWait(formatDuration(drain.wait)));
  const parts = {
    server: formatDuration(SERVER_CACHE),
    fetch: formatDuration(clientFetch),
    loadBalancer: formatDuration(loadBalancer),
  };
  print.warn(name, words.check.unsafeWait(formatDuration(drain.wait), parts, formatDuration(needed + margin)));
}

/** Whether the instance of what runs on a host can be found, and whether -w auto can see its requests. */
async function checkInstance(
  { name, drain }: Project,
  { appName: app, instanceId }: Eureka,
  registry: ServiceRegistry,
  target: Target,
  { words }: Services,
  print: Printer,
  worse: (code: number) => void,
): Promise<void> {
  const host = target.host.name;
  const { signal } = new AbortController();
  const outcome = await attempt(async () => {
    const serving = servingVersion(unwrap(await target.docker.containers(name)).filter(isUp));
    if (serving === undefined) return;
    const detail = unwrap(await target.docker.inspect(serving.name));
    const settings = { app, ...(instanceId === undefined ? {} : { instanceId }) };
    const { id, status, address, port } = unwrap(
      await registry.find(await matchOf(target, settings, detail), 0, signal),
    );
    if (status === "UP") print.good(host, words.check.instance(serving.name, id, status, `${address}:${port}`));
    else {
      print.bad(host, words.check.notUp(serving.name, id, status), "");
      worse(EXIT.failed);
    }
    if (drain.wait !== "auto" || detail.pid === 0) return;
    const seen = await target.connections(detail.pid, [port], signal);
    if (!seen.ok && seen.failure.reason === "connections-unseen")
      print.warn(host, words.check.unseen(seen.failure.detail));
  });
  if (outcome.ok) return;
  const { what, todo } = explainFailure(words, outcome.failure);
  print.bad(host, what, todo);
  worse(EXIT.failed);
}
