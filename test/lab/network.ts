import { must, run } from "./command.ts";

/** Labs that live side by side have subnets of their own, 10.77.<number>.0/24; all names derive from that number. */
export interface Subnet {
  readonly number: number;
  readonly cidr: string;
  /** The machine's own address in it: where hosts find the registry. */
  readonly gateway: string;
  readonly bridge: string;
}

const fixedNumbers: Readonly<Record<string, number>> = { demo: 1, test: 2, bench: 3 };

/** The subnet of a lab: fixed for demo, test and bench, else 10 to 250 from a hash of the name. */
export function subnetOf(labName: string): Subnet {
  const hash = Buffer.from(labName).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7);
  const number = fixedNumbers[labName] ?? 10 + (hash % 241);
  return { number, cidr: `10.77.${number}.0/24`, gateway: `10.77.${number}.254`, bridge: `glab${number}` };
}

export function hostAddress(subnet: Subnet, index: number): string {
  return `10.77.${subnet.number}.${index}`;
}

/** The machine's end of a host's cable; `eth0` is the other. */
export function cableName(subnet: Subnet, index: number): string {
  return `${subnet.bridge}h${index}`;
}

/**
 * Creates the lab's bridge with the machine's address on it.
 * Its hardware address is fixed, since a bridge otherwise takes another one when ports come and go.
 */
export async function createBridge(subnet: Subnet, dir: string): Promise<void> {
  const mac = `02:67:6c:61:62:${subnet.number.toString(16).padStart(2, "0")}`;
  await must(["ip", "link", "add", "name", subnet.bridge, "address", mac, "type", "bridge"]);
  await must(["ip", "link", "set", "dev", subnet.bridge, "alias", aliasOf(dir)]);
  await must(["ip", "address", "add", `${subnet.gateway}/24`, "dev", subnet.bridge]);
  await must(["ip", "link", "set", "dev", subnet.bridge, "up"]);
}

/**
 * The machine's address in a running lab's subnet (.254) and a second one (.253), which goes with the bridge: servers that
 * are peers of each other need addresses of their own.
 */
export async function twoAddresses(labName: string): Promise<readonly [string, string]> {
  const { gateway, bridge } = subnetOf(labName);
  const second = gateway.replace(/\.254$/, ".253");
  const added = await run(["ip", "address", "replace", `${second}/24`, "dev", bridge]);
  if (added.code !== 0)
    throw new Error(`lab: cannot give ${second} to ${bridge}: is lab ${labName} up?\n${added.stderr}`);
  return [gateway, second];
}

/** Lays the cable from the bridge into the network namespace of that process, where it is called eth0. */
export async function plugIn(subnet: Subnet, index: number, pid: number): Promise<void> {
  const cable = cableName(subnet, index);
  await must(["ip", "link", "add", "name", cable, "type", "veth", "peer", "name", "eth0", "netns", String(pid)]);
  await must(["ip", "link", "set", "dev", cable, "master", subnet.bridge, "up"]);
}

/** True when a bridge with that owner is another lab's. One without a mark was left by a start killed in between. */
export function isForeign(bridgeOwnerDir: string | undefined, dir: string): boolean {
  return bridgeOwnerDir !== undefined && bridgeOwnerDir !== "" && bridgeOwnerDir !== dir;
}

/** The directory of the lab that owns the subnet's bridge now, or undefined when there is no such bridge. */
export async function bridgeOwner(subnet: Subnet): Promise<string | undefined> {
  const { code, stdout } = await run(["ip", "link", "show", "dev", subnet.bridge]);
  if (code !== 0) return undefined;
  return /^\s*alias gantry-lab (.*)$/m.exec(stdout)?.[1] ?? "";
}

/** Removes the bridge and all cables of the subnet; none is left when it returns. */
export async function removeLinks(subnet: Subnet): Promise<void> {
  const links = await must(["ip", "-o", "link", "show"]);
  const ours = new RegExp(`^\\d+: (${subnet.bridge}(?:h\\d+)?)[@:]`, "gm");
  for (const [, name = ""] of links.matchAll(ours)) {
    await run(["ip", "link", "delete", "dev", name]); // may have gone with its namespace meanwhile
  }
}

function aliasOf(dir: string): string {
  return `gantry-lab ${dir}`;
}
