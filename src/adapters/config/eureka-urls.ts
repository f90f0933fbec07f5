import type { Eureka, EurekaLogin } from "../../domain/project.ts";
import { Secret } from "../../domain/secret.ts";

/** AppSpringName of a project that is not in Eureka. */
const NOT_IN_EUREKA: ReadonlySet<unknown> = new Set([undefined, null, "", "null"]);

/** The name under which a project registers, or undefined: it does not. */
export function eurekaAppName(appSpringName: unknown): string | undefined {
  const name = typeof appSpringName === "string" ? appSpringName.trim() : appSpringName;
  return NOT_IN_EUREKA.has(name) || typeof name !== "string" ? undefined : name;
}

/** One peer of EurekaUrl, with its place in the text. */
export interface PeerText {
  readonly text: string;
  readonly offset: number;
}

/** The peers of EurekaUrl: separated by commas, spaces and empty ones left out. */
export function peersOf(eurekaUrl: string): readonly PeerText[] {
  return Array.from(eurekaUrl.matchAll(/[^,\s][^,]*/g), (match) => ({ text: match[0].trim(), offset: match.index }));
}

/** What is wrong with a peer's URL, or undefined. */
export function peerProblem(peer: string): "format" | "scheme" | undefined {
  if (!/^https?:\/\//i.test(peer)) return "scheme";
  const url = URL.parse(peer);
  return url === null || url.search !== "" || url.hash !== "" || /\s/.test(peer) ? "format" : undefined;
}

/** URLs without user and password, which come apart as logins; the text must have been checked. */
export function readPeers(eurekaUrl: string): Pick<Eureka, "urls" | "logins"> {
  const logins: Record<string, EurekaLogin> = {};
  const urls = peersOf(eurekaUrl).map(({ text }) => {
    const parsed = new URL(text);
    const url = `${parsed.protocol}//${parsed.host}${parsed.pathname.replace(/\/+$/, "")}`;
    const { username, password } = parsed;
    // Percent signs that are no encoding stand for themselves.
    if (username !== "") logins[url] = { user: decode(username), password: new Secret(decode(password)) };
    return url;
  });
  return { urls: [...new Set(urls)], logins };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
