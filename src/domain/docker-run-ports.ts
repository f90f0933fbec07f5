/** First and last port of a range; both are the same for a single port. */
interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** One `-p`: what of a container is reachable on the host. */
export interface PublishedPort {
  /** The host's address it is bound to; absent = all. */
  readonly address?: string;
  /** Absent = Docker picks a free port. */
  readonly host?: PortRange;
  readonly container: PortRange;
  readonly protocol: "tcp" | "udp" | "sctp";
}

/**
 * Reads the value of `-p`/`--publish` as docker/go-connections `nat.ParsePortSpec` does (`80`, `8080:80`,
 * `127.0.0.1:8080:80/tcp`, `[::1]:80:80`, ranges), and the long form `published=8080,target=80,protocol=tcp`.
 * Undefined: Docker would refuse it.
 */
export function parsePublishedPort(value: string): PublishedPort | undefined {
  const spec = value.includes("=") ? fromLongForm(value) : value;
  const parts = spec.split(":");
  const [containerPart = "", hostPart = "", ...addressParts] = parts.toReversed();
  const [containerText = "", protocolText = "tcp", ...rest] = containerPart.split("/");
  const protocol = protocolText.toLowerCase();
  if (rest.length > 0 || (protocol !== "tcp" && protocol !== "udp" && protocol !== "sctp")) return undefined;

  const container = portRange(containerText);
  if (container === undefined) return undefined;
  const host = hostPart === "" ? undefined : portRange(hostPart);
  if (hostPart !== "" && host === undefined) return undefined;
  const containerSize = container.last - container.first;
  if (host !== undefined && containerSize > 0 && host.last - host.first !== containerSize) return undefined;

  const address = addressParts
    .toReversed()
    .join(":")
    .replace(/^\[(.*)\]$/, "$1");
  return {
    container,
    protocol,
    ...(address === "" ? {} : { address }),
    ...(host === undefined || host.last === 0 ? {} : { host }),
  };
}

function portRange(text: string): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}

function fromLongForm(value: string): string {
  const fields = new Map(
    value.split(",").map((field) => {
      const [name = "", text = ""] = field.split("=");
      return [name, text] as const;
    }),
  );
  const published = fields.get("published");
  return `${published === undefined ? "" : `${published}:`}${fields.get("target") ?? ""}/${fields.get("protocol") ?? "tcp"}`;
}
