import { connectDocker, type CredentialSource } from "../adapters/docker/docker.ts";
import { hostAuthHeader, ownAuthHeader } from "../adapters/images/engine-credentials.ts";
import { readHostIdentity } from "../adapters/linux/host-identity.ts";
import { readConnections } from "../adapters/linux/tcp-connections.ts";
import { lockHost, readLock } from "../adapters/ssh/host-lock.ts";
import { createTransport } from "../adapters/ssh/transport.ts";
import type { Fleet } from "../engine/ports.ts";
import { createFleet, type FleetParts } from "./fleet.ts";

/** A fleet that is closed when the command ends. */
export type OpenFleet = Fleet & { close(): Promise<void> };

/**
 * The real fleet: hosts over OpenSSH, their Docker engines, logins of this machine first and of the host second.
 * `connectDeadline`: seconds until a host counts as unreachable; without it, as long as a release gives it.
 */
export function openFleet(env: NodeJS.ProcessEnv, connectDeadline?: number): OpenFleet {
  const transport = createTransport({ environment: env });
  const ownLogin = once(ownAuthHeader(env));
  const parts: FleetParts = {
    transport,
    lockHost,
    readLock,
    readIdentity: readHostIdentity,
    readConnections,
    connectDocker: (connection) => connectDocker(connection, [ownLogin, hostAuthHeader(connection)]),
  };
  const fleet = createFleet(parts, connectDeadline);
  return { ...fleet, close: () => transport.close() };
}

/** Asks a credential source once for each registry, however many hosts need the answer. */
function once(source: CredentialSource): CredentialSource {
  const answers = new Map<string, ReturnType<CredentialSource>>();
  return (registry) => {
    const answer = answers.get(registry) ?? source(registry);
    answers.set(registry, answer);
    return answer;
  };
}
