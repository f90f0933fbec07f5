import { isIPv6 } from "node:net";

/** A host as it is written in an inventory or pattern, with the port that may follow it. */
export interface Address {
  readonly host: string;
  readonly port?: number;
}

const bracketed = /^\[(?<host>.+)\]:(?<port>[0-9]+)$/;
const withPort = /^(?<host>(?:[^:[\]]|\[[^\]]*\])*):(?<port>[0-9]+)$/;

const range = String.raw`\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\]`;
const label = String.raw`(?:[\p{L}\p{N}_]|${range})(?:[\p{L}\p{N}_-]|${range})*(?<![_-])`;
const hostName = new RegExp(String.raw`^${label}(?:\.${label})*$`, "iu");
const hexadecimalRange = /\[[0-9a-f]+:[0-9a-f]+(?::[0-9]+)?\]/gi;

/**
 * Reads a host name, IPv4 or IPv6 address, with ranges (`web[1:3]`) and a port (`web:22`, `[fe80::1]:22`).
 * Undefined when it is none of these: Ansible then takes the text as a name, whatever it is.
 */
export function parseAddress(text: string): Address | undefined {
  const outer = bracketed.exec(text)?.groups;
  const inner = withPort.exec(outer?.["host"] ?? text)?.groups;
  const host = inner?.["host"] ?? outer?.["host"] ?? text;
  const port = inner?.["port"] ?? outer?.["port"];
  // IPv4 addresses pass as host names.
  if (!hostName.test(host) && !isAddress6(host)) return undefined;
  return port === undefined ? { host } : { host, port: Number(port) };
}

function isAddress6(text: string): boolean {
  return !text.includes("%") && isIPv6(text.replace(hexadecimalRange, "1"));
}
