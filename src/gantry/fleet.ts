import type { Duplex } from "node:stream";
import type { Host } from "../domain/host.ts";
import { attempt, unwrap, type LockHolder, type Outcome } from "../engine/errors.ts";
import type {
  Connection,
  Docker,
  Fleet,
  HostIdentity,
  HostLock,
  Target,
  TcpConnection,
  Transport,
} from "../engine/ports.ts";

/** Seconds until a host counts as unreachable, where nothing else is said. */
const CONNECT_DEADLINE = 15;
/** The same for those who only look, while somebody waits for the answer. */
export const LOOK_CONNECT_DEADLINE = 5;

export interface FleetParts {
  readonly transport: Transport;
  readonly connectDocker: (connection: Connection) => Promise<Outcome<Docker>>;
  readonly lockHost: (connection: Connection, project: string, holder: LockHolder) => Promise<Outcome<HostLock>>;
  readonly readLock: (connection: Connection, project: string) => Promise<Outcome<LockHolder | undefined>>;
  readonly readIdentity: (connection: Connection) => Promise<Outcome<HostIdentity>>;
  readonly readConnections: (
    connection: Connection,
    ...asked: Parameters<Target["connections"]>
  ) => Promise<Outcome<readonly TcpConnection[]>>;
}

/** A fleet whose hosts are reached by the transport (within seconds) and spoken to through their Docker engines. */
export function createFleet(parts: FleetParts, connectDeadline: number = CONNECT_DEADLINE): Fleet {
  const { transport, connectDocker } = parts;
  return {
    open: (host: Host, signal: AbortSignal): Promise<Outcome<Target>> =>
      attempt(async () => {
        const connection = unwrap(await transport.connect(host, { deadline: connectDeadline, signal }));
        const docker = await connectDocker(connection);
        if (!docker.ok) await connection.close();
        return new OpenTarget(connection, unwrap(docker), parts);
      }),
  };
}

class OpenTarget implements Target {
  readonly host: Host;
  readonly docker: Docker;
  readonly #connection: Connection;
  readonly #parts: FleetParts;
  #identity: Promise<Outcome<HostIdentity>> | undefined;

  constructor(connection: Connection, docker: Docker, parts: FleetParts) {
    this.host = connection.host;
    this.docker = docker;
    this.#connection = connection;
    this.#parts = parts;
  }

  lock(project: string, holder: LockHolder): Promise<Outcome<HostLock>> {
    return this.#parts.lockHost(this.#connection, project, holder);
  }

  lockHolder(project: string): Promise<Outcome<LockHolder | undefined>> {
    return this.#parts.readLock(this.#connection, project);
  }

  openTcp(address: string, port: number): Promise<Outcome<Duplex>> {
    return this.#connection.openTcp(address, port);
  }

  identity(): Promise<Outcome<HostIdentity>> {
    this.#identity ??= this.#parts.readIdentity(this.#connection);
    return this.#identity;
  }

  connections(...asked: Parameters<Target["connections"]>): Promise<Outcome<readonly TcpConnection[]>> {
    return this.#parts.readConnections(this.#connection, ...asked);
  }

  async close(): Promise<void> {
    this.docker.close();
    await this.#connection.close();
  }
}
