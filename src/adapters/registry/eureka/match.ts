import type { ComparedInstance, Mismatch } from "../../../engine/registry-failure.ts";
import type { InstanceMatch } from "../../../engine/ports.ts";
import type { EurekaInstance } from "./eureka-instance.ts";

/** By what an instance is known to be a container's, the surest first. */
const rules = ["token", "id", "container", "host", "address"] as const;
type Rule = (typeof rules)[number];

/** Whether an instance is the container's, or why not; `named`: it bears the container's or host's name all the same. */
type Comparison =
  | { readonly fits: true; readonly by: Rule }
  | { readonly fits: false; readonly mismatch: Exclude<Mismatch, "fits">; readonly named: boolean };

/**
 * Compares one instance with what is known of a container: the injected token proves it alone; an id, a name of the
 * container or host, or address AND port do only together with the address and port, where these are known.
 */
export function compare(match: InstanceMatch, instance: EurekaInstance): Comparison {
  const { token } = match;
  if (token !== undefined && instance.token === token) return { fits: true, by: "token" };
  const by = nameRule(match, instance);
  const named = by !== undefined;
  if (token !== undefined && instance.token !== undefined) return { fits: false, mismatch: "other-token", named };
  const place = placeOf(match, instance);
  if (!place.address) return { fits: false, mismatch: "other-address", named };
  if (!place.port) return { fits: false, mismatch: "other-port", named };
  if (by !== undefined) return { fits: true, by };
  return place.proves && !namesOtherContainer(match, instance)
    ? { fits: true, by: "address" }
    : { fits: false, mismatch: "other-name", named };
}

export type Picked =
  | { readonly kind: "one"; readonly instance: EurekaInstance }
  | { readonly kind: "none"; readonly seen: readonly ComparedInstance[] }
  | { readonly kind: "several"; readonly seen: readonly ComparedInstance[] }
  /** The instance that bears its name, or no name at all, has another host's address. */
  | { readonly kind: "other-host"; readonly instance: EurekaInstance };

/** The one instance of a container among those that peers show; of several copies of one id, the first that fits. */
export function pickInstance(match: InstanceMatch, instances: readonly EurekaInstance[]): Picked {
  const compared = instances.map((instance) => ({ instance, comparison: compare(match, instance) }));
  for (const rule of rules) {
    const fitting = compared.filter(({ comparison }) => comparison.fits && comparison.by === rule);
    const ids = new Map(fitting.toReversed().map(({ instance }) => [instance.id, instance]));
    const [only] = ids.values();
    if (only === undefined) continue;
    return ids.size === 1 ? { kind: "one", instance: only } : { kind: "several", seen: seenOf(compared) };
  }
  const taken = compared.find(
    ({ instance, comparison }) =>
      !comparison.fits &&
      comparison.mismatch === "other-address" &&
      // Where no host's own name resolves, all register as localhost: one lease, the last one's.
      (comparison.named || instance.hostname === "localhost" || firstPart(instance.id) === "localhost"),
  );
  if (taken !== undefined) return { kind: "other-host", instance: taken.instance };
  return { kind: "none", seen: seenOf(compared) };
}

/** An instance in the facts of a failure. */
export function comparedInstance(instance: EurekaInstance, mismatch: Mismatch): ComparedInstance {
  const { id, hostname, address, port, status } = instance;
  return { id, hostname, address, port, status, mismatch };
}

function seenOf(
  compared: readonly { readonly instance: EurekaInstance; readonly comparison: Comparison }[],
): readonly ComparedInstance[] {
  const seen = new Map<string, ComparedInstance>();
  for (const { instance, comparison } of compared) {
    const mismatch = comparison.fits ? "fits" : comparison.mismatch;
    if (!seen.has(instance.id) || comparison.fits) seen.set(instance.id, comparedInstance(instance, mismatch));
  }
  return [...seen.values()];
}

/** Which name of the container or host the instance bears, in its host name or, as by Spring's default, first in its id. */
function nameRule(match: InstanceMatch, { id, hostname }: EurekaInstance): "id" | "container" | "host" | undefined {
  if (match.instanceId !== undefined && id === match.instanceId) return "id";
  const names = [hostname, firstPart(id)].filter((name) => name !== "").map((name) => name.toLowerCase());
  const container = [match.containerHostname, shortId(match)].map((name) => name?.toLowerCase());
  if (names.some((name) => container.includes(name))) return "container";
  return names.some((name) => sameHost(name, match.hostname.toLowerCase())) ? "host" : undefined;
}

/** With a domain or without: the same name where one of them has none. */
function sameHost(a: string, b: string): boolean {
  if (a === b || a === "" || b === "") return a === b && a !== "";
  if (/^[\d.]+$|:/.test(a) || (a.includes(".") && b.includes("."))) return false;
  return firstLabel(a) === firstLabel(b);
}

function firstLabel(name: string): string {
  return name.split(".")[0] ?? name;
}

function firstPart(id: string): string {
  return id.split(":")[0] ?? id;
}

function shortId({ containerId }: InstanceMatch): string | undefined {
  return containerId?.slice(0, 12);
}

/**
 * Docker names a container after its id unless told otherwise; addresses inside of hosts repeat from host to host. So
 * the name of another container tells more than the address.
 */
function namesOtherContainer(match: InstanceMatch, { hostname, address }: EurekaInstance): boolean {
  const name = hostname.toLowerCase();
  if (/^[0-9a-f]{12}$/.test(name) && match.containerId !== undefined && name !== shortId(match)) return true;
  const onHost = match.addresses.includes(address);
  return !onHost && name !== "" && name !== address.toLowerCase();
}

/** Whether address and port agree, where they are known, and whether both do so by being known. */
function placeOf(match: InstanceMatch, { address, ports }: EurekaInstance) {
  const { containerAddresses = [], containerPorts = [] } = match;
  const addresses = [...match.addresses, ...containerAddresses].map((each) => each.toLowerCase());
  const known = [...match.ports, ...containerPorts];
  const onHost = match.addresses.includes(address) && ports.some((port) => match.ports.includes(port));
  const inside = containerAddresses.includes(address) && ports.some((port) => containerPorts.includes(port));
  return {
    address: addresses.length === 0 || address === "" || addresses.includes(address.toLowerCase()),
    port: known.length === 0 || ports.some((port) => known.includes(port)),
    proves: onHost || inside,
  };
}
