import type { PublishedPort } from "../../domain/docker-run-ports.ts";

/** Ways to write HealthCheck.http and HealthCheck.tcp, for messages. */
export const HTTP_FORMS = ["/health", ":8080/health", "http://127.0.0.1:8080/health"] as const;
export const TCP_FORMS = ["8080", "127.0.0.1:8080"] as const;

/** Where a probe goes, seen from the target host. */
export interface ProbeAddress {
  readonly address: string;
  /** Undefined: the first port that DockerRunArg publishes. */
  readonly port: number | undefined;
  /** With its slash; empty for a TCP probe. */
  readonly path: string;
}

const here = "127.0.0.1";
const http = /^(?:http:\/\/)?(?<address>[\w.-]+|\[[0-9a-fA-F:.]+\])?(?::(?<port>\d{1,5}))?(?<path>\/[^\s#]*)?$/;
const tcp = /^(?:(?<address>[\w.-]+|\[[0-9a-fA-F:.]+\])?:)?(?<port>\d{1,5})$/;

/** Reads HealthCheck.http: a path, `:port/path`, `address:port/path` or an `http://` URL. Undefined: none of these. */
export function parseHttpProbe(text: string): ProbeAddress | undefined {
  const groups = http.exec(text)?.groups;
  if (groups === undefined || text === "") return undefined;
  const { address, port, path = "/" } = groups;
  // An address alone, without port or scheme, is more likely a path that lacks its slash.
  if (address !== undefined && port === undefined && !text.startsWith("http://")) return undefined;
  const number = port === undefined ? (address === undefined ? undefined : 80) : Number(port);
  return isPort(number) ? { address: address ?? here, port: number, path } : undefined;
}

/** Reads HealthCheck.tcp: a port, or `address:port`. Undefined: neither. */
export function parseTcpProbe(value: string | number): ProbeAddress | undefined {
  const groups = tcp.exec(String(value))?.groups;
  if (groups === undefined) return undefined;
  const port = Number(groups["port"]);
  return isPort(port) ? { address: groups["address"] ?? here, port, path: "" } : undefined;
}

/** The port that a probe without one goes to, and the address it is published on. */
export function firstPublished(ports: readonly PublishedPort[]): { address: string; port: number } | undefined {
  const published = ports.find((each) => each.protocol === "tcp" && each.host !== undefined);
  if (published?.host === undefined) return undefined;
  const { address } = published;
  const everywhere = address === undefined || address === "0.0.0.0" || address === "::";
  return { address: everywhere ? here : bracketed(address), port: published.host.first };
}

function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

function isPort(port: number | undefined): boolean {
  return port === undefined || (port >= 1 && port <= 65_535);
}
