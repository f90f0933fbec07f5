import { readdir, readFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { join } from "node:path";
import tls from "node:tls";
import type { Environment } from "./environment.ts";
import { proxiesOf } from "./proxies.ts";

/**
 * Whom to believe over TLS: `default` is Node's certificates with NODE_EXTRA_CA_CERTS; `machine` adds the system's
 * store, which Docker uses, and the registry's own folder in Docker's `certs.d`; `anyone` is for insecure registries.
 */
export type Trust = "default" | "machine" | "anyone";

/** HTTP agents of one conversation with one registry. */
export interface Agents {
  http(): http.Agent;
  https(trust: Trust): Promise<https.Agent>;
  close(): void;
}

/** Connections to one server at once. */
const sockets = 8;

/**
 * Makes keep-alive agents that go through the proxies of the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY; Node 24.5
 * and later).
 *
 * @param certificates the folder `/etc/docker/certs.d/<host[:port]>` (docs.docker.com/engine/security/certificates):
 * its `*.crt` are issuers
 * @param environment the variables that name proxies; undefined goes straight to the registry
 */
export function createAgents(certificates: string, environment: Environment | undefined): Agents {
  const opened = new Map<Trust | "http", http.Agent>();
  const options = {
    keepAlive: true,
    maxSockets: sockets,
    ...(environment === undefined ? {} : { proxyEnv: proxiesOf(environment) }),
  };
  const secure: Partial<Record<Trust, Promise<https.Agent>>> = {};
  const open = async (trust: Trust): Promise<https.Agent> => {
    const ca = trust === "machine" ? { ca: await machineIssuers(certificates) } : {};
    const secureContext = tls.createSecureContext(ca);
    const agent = new https.Agent({ ...options, secureContext, rejectUnauthorized: trust !== "anyone" });
    opened.set(trust, agent);
    return agent;
  };
  return {
    http() {
      const agent = opened.get("http") ?? new http.Agent(options);
      opened.set("http", agent);
      return agent;
    },
    https: (trust) => (secure[trust] ??= open(trust)),
    close() {
      for (const agent of opened.values()) agent.destroy();
    },
  };
}

async function machineIssuers(folder: string): Promise<string[]> {
  const issuers = new Set([...tls.getCACertificates("default"), ...tls.getCACertificates("system")]);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith(".crt")) continue;
    const text = await readFile(join(folder, name), "utf8").catch(() => "");
    if (text.includes("-----BEGIN CERTIFICATE-----")) issuers.add(text);
  }
  return [...issuers];
}
