import type { ContainerDetail } from "../domain/container.ts";
import { unwrap, type FailureReason, type Outcome } from "./errors.ts";
import type { Registered, RegistrySettings } from "./plan.ts";
import type { InstanceId, InstanceMatch, ServiceRegistry, Target } from "./ports.ts";

/** Seconds that a running container's instance is looked for again: cached lists are behind, peers learn from heartbeats. */
const PATIENCE = 40;
/** Seconds for a container that has been up for longer than caches, heartbeats and late registrations take. */
const SHORT_PATIENCE = 5;
const SETTLED = 120;

/** By what the instance of a container on this host is known. Throws FailureError where the host cannot be asked. */
export async function matchOf(
  target: Target,
  { instanceId }: RegistrySettings,
  detail: ContainerDetail,
  previous?: InstanceMatch["previous"],
): Promise<InstanceMatch> {
  const { hostname, addresses } = unwrap(await target.identity());
  const { hostNetwork, publishedPorts, exposedPorts, deployToken } = detail;
  const containerPorts = [...new Set([...publishedPorts.map(({ container }) => container), ...exposedPorts])];
  const match: InstanceMatch = {
    host: target.host.name,
    hostname,
    addresses,
    // With host networking any port may be its own: the image need not expose it.
    ports: hostNetwork ? [] : publishedPorts.map(({ host }) => host),
    containerHostname: detail.hostname,
    containerId: detail.id,
    ...(hostNetwork ? {} : { containerAddresses: detail.addresses, containerPorts }),
    ...(deployToken === undefined ? {} : { token: deployToken }),
    ...(previous === undefined ? {} : { previous }),
  };
  return instanceId === undefined ? match : { ...match, instanceId: fillIn(instanceId, match, detail) };
}

/** `{hostname}:demo1:{port}` with what stands for one container; unknown words stay as they are. */
function fillIn(form: string, match: InstanceMatch, { exposedPorts }: ContainerDetail): string {
  const port = match.ports[0] ?? exposedPorts[0];
  const values: Readonly<Record<string, string | undefined>> = {
    host: match.host,
    hostname: match.hostname,
    address: match.addresses[0],
    port: port === undefined ? undefined : String(port),
    containerHostname: match.containerHostname,
    containerId: match.containerId?.slice(0, 12),
  };
  return form.replaceAll(/\{(\w+)\}/g, (word, name: string) => values[name] ?? word);
}

/** What a later look may cure. */
const CURABLE: ReadonlySet<FailureReason> = new Set<FailureReason>(["instance-not-found", "peers-disagree"]);

/**
 * The instance of what runs on a host. A container that does not serve (crashing, paused) need not have one. One that is
 * not shown is looked for again for a while, which `onWaiting` is told; without it, the first look decides.
 */
export async function findRegistered(
  target: Target,
  registry: ServiceRegistry,
  settings: RegistrySettings,
  detail: ContainerDetail,
  now: Date,
  onWaiting: ((seconds: number) => void) | undefined,
  abort: AbortSignal,
): Promise<Registered | undefined> {
  const match = await matchOf(target, settings, detail);
  const age = (now.getTime() - Date.parse(detail.startedAt)) / 1000;
  const crashes = detail.restarts > 0 && age < SETTLED;
  const serves = detail.state === "running" && !crashes;
  const patience = !serves ? 0 : age > SETTLED ? SHORT_PATIENCE : PATIENCE;
  let found = await registry.find(match, 0, abort);
  if (!found.ok && CURABLE.has(found.failure.reason) && patience > 0 && onWaiting !== undefined) {
    onWaiting(patience);
    found = await registry.find(match, patience, abort);
  }
  if (!found.ok && !serves && found.failure.reason === "instance-not-found") return undefined;
  return { instance: unwrap(found) };
}

/**
 * What a dead instance has left of itself in the registry for a host on which nothing runs: a new start under the same
 * id would inherit a status that was set over it. What still answers at its address is somebody's and left alone.
 */
export async function findLeftover(
  target: Target,
  registry: ServiceRegistry,
  ports: readonly number[],
  abort: AbortSignal,
): Promise<Registered | undefined> {
  const { hostname, addresses } = unwrap(await target.identity());
  const host = target.host.name;
  const found = await registry.find({ host, hostname, addresses, ports }, 0, abort);
  if (found.ok) {
    const { address, port } = found.value;
    return (await answers(target, address, port)) ? undefined : { leftover: { host, id: found.value.id } };
  }
  const { failure } = found;
  // Some peers have forgotten it, others not.
  if (failure.reason === "peers-disagree") return { leftover: { host, id: failure.instance } };
  if (failure.reason.startsWith("instance-")) return undefined;
  unwrap(found satisfies Outcome<InstanceId>);
  return undefined;
}

async function answers(target: Target, address: string, port: number): Promise<boolean> {
  const opened = await target.openTcp(address, port);
  if (opened.ok) opened.value.destroy();
  return opened.ok;
}
