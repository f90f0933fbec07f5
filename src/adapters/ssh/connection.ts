import type { Duplex } from "node:stream";
import type { Host } from "../../domain/host.ts";
import { fail } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import type { Connection, ExecOptions, ExecResult, RemoteProcess } from "../../engine/ports.ts";
import { childClosed, endChild, type Child } from "./child.ts";
import { DockerSocket } from "./docker-socket.ts";
import { execute } from "./exec.ts";
import type { Launcher } from "./launcher.ts";
import { resident } from "./resident.ts";
import { Slots } from "./slots.ts";

/**
 * sshd allows 10 sessions on one connection (MaxSessions): one holds it, one holds the lock, one is left for reading
 * locks, the rest is shared out here. Forwarded streams do not count.
 */
const EXEC_SESSIONS = 3;
const STDIO_SESSIONS = 4;
/** Milliseconds for processes to end when the connection is closed. */
const PATIENCE = 600;

/** What differs between a host reached by ssh and this machine. */
export interface Reach extends Launcher {
  /** The local socket that leads to the host's Docker engine, if there is one. */
  readonly dockerSocketPath: string | undefined;
  openTcp(address: string, port: number): Promise<Outcome<Duplex>>;
  close(): Promise<void>;
}

/** Children started on a connection, until they are gone. */
export class Children {
  readonly #all = new Set<Child>();

  add(child: Child): Child {
    this.#all.add(child);
    void childClosed(child).then(() => this.#all.delete(child));
    return child;
  }

  async end(): Promise<void> {
    await Promise.all([...this.#all].map((child) => endChild(child, PATIENCE)));
  }
}

/** A connection over any reach. */
export class OpenConnection implements Connection {
  readonly host: Host;
  readonly #reach: Reach;
  readonly #exec = new Slots(EXEC_SESSIONS);
  readonly #docker: DockerSocket;
  readonly #onClosed: (connection: Connection) => void;
  #closing: Promise<void> | undefined;

  constructor(reach: Reach, onClosed: (connection: Connection) => void) {
    this.host = reach.host;
    this.#onClosed = onClosed;
    this.#reach = reach;
    this.#docker = new DockerSocket(reach, new Slots(STDIO_SESSIONS), reach.dockerSocketPath);
  }

  exec(argv: readonly string[], options: ExecOptions): Promise<Outcome<ExecResult>> {
    return this.#gone() ?? execute(this.#reach, this.#exec, argv, options);
  }

  spawn(script: string): RemoteProcess {
    return resident(this.#reach.launch(["sh", "-c", script]));
  }

  openDockerSocket(): Promise<Outcome<Duplex>> {
    return this.#gone() ?? this.#docker.open();
  }

  openTcp(address: string, port: number): Promise<Outcome<Duplex>> {
    return this.#gone() ?? this.#reach.openTcp(address, port);
  }

  close(): Promise<void> {
    this.#closing ??= this.#reach.close().finally(() => this.#onClosed(this));
    return this.#closing;
  }

  #gone(): Promise<Outcome<never>> | undefined {
    const detail = this.#reach.lostBecause();
    if (detail === undefined) return undefined;
    return Promise.resolve(fail({ reason: "connection-lost", host: this.host.name, detail }));
  }
}
