import { BlockList, isIP, type LookupFunction } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** RFC 1918, RFC 4193 and link-local. */
const privateNetworks = new BlockList();
privateNetworks.addSubnet("10.0.0.0", 8, "ipv4");
privateNetworks.addSubnet("172.16.0.0", 12, "ipv4");
privateNetworks.addSubnet("192.168.0.0", 16, "ipv4");
privateNetworks.addSubnet("169.254.0.0", 16, "ipv4");
privateNetworks.addSubnet("fc00::", 7, "ipv6");
privateNetworks.addSubnet("fe80::", 10, "ipv6");

/** The host part of `host[:port]`, in the form that URLs and sockets use, an IPv6 address without brackets. */
function hostOf(registry: string): string {
  return new URL(`http://${registry}`).hostname.replace(/^\[|\]$/g, "");
}

/** The first address to try. Docker Hub's API is at another host than its name says. */
export function originOf(registry: string, scheme: "http" | "https"): URL {
  return new URL(`${scheme}://${registry === "docker.io" ? "registry-1.docker.io" : registry}`);
}

/** True for `localhost` and the loopback addresses themselves; a name that merely resolves to one does not count. */
export function isLoopback(registry: string): boolean {
  const host = hostOf(registry);
  return host === "localhost" || contains(loopback, host);
}

/**
 * True when `insecure` lists the registry, in the forms of the Docker daemon's `insecure-registries`: exactly
 * `host[:port]`, or a network in CIDR notation that holds the registry's literal address.
 */
export function isListed(registry: string, insecure: readonly string[]): boolean {
  const host = hostOf(registry);
  return insecure.some((entry) => {
    const [network = "", bits, ...more] = entry.split("/");
    if (bits === undefined) return entry.toLowerCase() === registry.toLowerCase();
    const family = isIP(network);
    const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity;
    if (family === 0 || more.length > 0 || prefix > (family === 6 ? 128 : 32)) return false;
    const list = new BlockList();
    list.addSubnet(network, prefix, family === 6 ? "ipv6" : "ipv4");
    return contains(list, host);
  });
}

/** True when every address of the registry's host, by `lookup`, is private or loopback. */
export async function isPrivate(registry: string, lookup: LookupFunction): Promise<boolean> {
  const addresses = await addressesOf(hostOf(registry), lookup);
  return (
    addresses.length > 0 &&
    addresses.every((address) => contains(loopback, address) || contains(privateNetworks, address))
  );
}

/** None when the name is not known. */
function addressesOf(host: string, lookup: LookupFunction): Promise<readonly string[]> {
  if (isIP(host) !== 0) return Promise.resolve([host]);
  return new Promise((resolve) => {
    lookup(host, { all: true }, (error, found) => {
      const entries = typeof found === "string" ? [{ address: found }] : found;
      resolve(error === null ? entries.map(({ address }) => address) : []);
    });
  });
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? "ipv6" : "ipv4");
}
