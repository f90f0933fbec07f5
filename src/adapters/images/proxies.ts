import type { Environment } from "./environment.ts";

const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"];

/**
 * The proxy variables of an environment, fit for Node's `proxyEnv`: as for curl and Docker, `proxy:3128` means
 * `http://proxy:3128`; a value that is no address at all is left out (Node would throw on it).
 */
export function proxiesOf(environment: Environment): Record<string, string> {
  const proxies: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name]?.trim() ?? "";
    if (value === "") continue;
    const address = name.toLowerCase() === "no_proxy" || value.includes("://") ? value : `http://${value}`;
    if (name.toLowerCase() === "no_proxy" || URL.canParse(address)) proxies[name] = address;
  }
  return proxies;
}
