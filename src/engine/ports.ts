import type { Duplex } from "node:stream";
import type { Host } from "../domain/host.ts";
import type { Container, ContainerDetail } from "../domain/container.ts";
import type { Failure, LockHolder, Outcome } from "./errors.ts";
import type { ListedInstance, PeerReport } from "./registry-failure.ts";

export interface ExecOptions {
  /** Seconds until the command counts as hung and is given up (`deadline` failure). */
  readonly deadline: number;
  /** Names the action in failures, for example `docker run`. */
  readonly action: string;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that stays on the host while the connection lives; used for the host lock. */
export interface RemoteProcess {
  /** Lines of standard output as they come; ends when the process or the connection ends. */
  readonly lines: AsyncIterable<string>;
  write(text: string): void;
  /** Ends standard input, then the process if it is still there. */
  close(): Promise<void>;
  /** Resolves when the process or the connection is gone. */
  readonly ended: Promise<void>;
}

/** An open connection to one host: the only way by which Gantry touches it. */
export interface Connection {
  readonly host: Host;
  /** Runs a program with exactly these arguments (no shell), with the host's become rights. A non-zero exit is a value, not a failure. */
  exec(argv: readonly string[], options: ExecOptions): Promise<Outcome<ExecResult>>;
  /** Starts a POSIX shell script (`sh -c`) that lives until closed. */
  spawn(script: string): RemoteProcess;
  /** Opens a byte stream to the host's Docker socket; each call is a new stream, fit for an HTTP agent. */
  openDockerSocket(): Promise<Outcome<Duplex>>;
  /** Opens a TCP stream to an address as the host sees it. */
  openTcp(address: string, port: number): Promise<Outcome<Duplex>>;
  /** Ends everything on this connection; safe to call twice. */
  close(): Promise<void>;
}

export interface Transport {
  /** Connects within `deadline` seconds. Every failure names the host. */
  connect(
    host: Host,
    options: { readonly deadline: number; readonly signal?: AbortSignal },
  ): Promise<Outcome<Connection>>;
  /** Closes what is still open and removes private files. */
  close(): Promise<void>;
}

export interface DockerVersion {
  readonly engine: string;
  readonly api: string;
  readonly architecture: string;
}

export interface PullProgress {
  /** Bytes received and bytes expected so far; the total grows while layers are being discovered. */
  readonly current: number;
  readonly total: number;
}

/** The Docker engine of one connected host. Deadlines are in seconds. */
export interface Docker {
  readonly host: string;
  version(): Promise<Outcome<DockerVersion>>;
  /** All containers of a project, exact names only, newest version first. */
  containers(project: string): Promise<Outcome<readonly Container[]>>;
  /** All containers of the host, whoever made them. */
  allContainers(): Promise<Outcome<readonly Container[]>>;
  /** The folder that images and containers live in, and the bytes free there. */
  disk(): Promise<Outcome<{ readonly folder: string; readonly freeBytes: number }>>;
  /** Docker's own table (`docker ps -a`) of the same containers. */
  table(project: string): Promise<Outcome<string>>;
  inspect(container: string): Promise<Outcome<ContainerDetail>>;
  /** Asks the image registry, through this host's engine, for the digest of a reference. */
  resolveDigest(image: string, signal: AbortSignal): Promise<Outcome<string>>;
  /** Makes `image` name exactly `digest` on this host; `pulled` is false when it already did. */
  pull(
    image: string,
    digest: string,
    onProgress: (progress: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<Outcome<{ readonly pulled: boolean }>>;
  /** Points the tag back at the pinned digest (it may have moved since the pull); returns the image id. */
  pin(image: string, digest: string): Promise<Outcome<string>>;
  /** `docker run` by the host's own CLI with an argument vector; returns the container id. */
  run(name: string, argv: readonly string[], deadline: number): Promise<Outcome<string>>;
  start(container: string): Promise<Outcome<void>>;
  /** Stops a container: SIGTERM (or its own stop signal), then SIGKILL after `graceSeconds`, or after the container's own stop timeout when undefined. */
  stop(container: string, graceSeconds: number | undefined): Promise<Outcome<void>>;
  rename(container: string, name: string): Promise<Outcome<void>>;
  remove(container: string): Promise<Outcome<void>>;
  /** Removes an image unless something still uses it. */
  removeImage(imageId: string): Promise<Outcome<void>>;
  /** The last `lines` lines of a container's log, standard output and error in order. */
  logs(container: string, lines: number): Promise<Outcome<readonly string[]>>;
  /** Ends open streams; the host's connection stays. */
  close(): void;
}

export interface HostLock {
  /** Aborted when the lock is lost while held (connection gone). */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** What is known of a container (and its host), by which its instance is found. */
export interface InstanceMatch {
  /** The inventory's name of the host, for messages. */
  readonly host: string;
  /** Metadata `deployid` that this run has injected into the container. */
  readonly token?: string;
  /** The id that the instance should have, where a form for it is configured. */
  readonly instanceId?: string;
  /** The container's own hostname, and its id. */
  readonly containerHostname?: string;
  readonly containerId?: string;
  /** The host's hostname. */
  readonly hostname: string;
  /** Addresses of the host, and the ports under which the container is reached there; empty when unknown. */
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
  /** The container's own addresses and ports; none with host networking, or when unknown. */
  readonly containerAddresses?: readonly string[];
  readonly containerPorts?: readonly number[];
  /** The instance that was there before: the ids of successors are alike, which finds them sooner. */
  readonly previous?: Pick<RegistryInstance, "id" | "hostname">;
}

/** An instance by its name, and the inventory's name of its host for messages. */
export interface InstanceId {
  readonly host: string;
  readonly id: string;
}

/** An instance as found: what is known of it by all peers. */
export interface RegistryInstance extends ListedInstance, InstanceId {
  /** What each peer says of it; they may disagree in the status, not in its presence. */
  readonly peers: readonly PeerReport[];
}

/** One peer, looked at by `gantry check`. */
export interface PeerCheck {
  /** Its URL, without user and password. */
  readonly peer: string;
  /** Where its REST interface was found. */
  readonly base?: string;
  readonly failure?: Failure;
  /** The project's instances there, as it tells its clients. */
  readonly instances: readonly ListedInstance[];
  /** The peers to which it passes changes on, by its own word and without user and password; empty when it does not say. */
  readonly replicas: readonly string[];
  /** Seconds that its clock is ahead of this machine's, within a second. */
  readonly clockAhead?: number;
}

/**
 * The service registry of one project: its application on all peers. Every write and every check goes to every peer.
 * Signals end waits early with an `aborted` failure. Any call may fail with `peer-unreachable`, `peer-refused` or
 * `peer-unknown`, each naming the peer.
 */
export interface ServiceRegistry {
  /**
   * The one instance of the container, known to every peer. Changes nothing. Looks again for up to `patience` seconds
   * (cached answers are up to 30 s behind, and a peer that misses it may learn of it by the next heartbeat).
   * Failures: `instance-not-found`, `instance-ambiguous`, `instance-of-other-host`, `peers-disagree`.
   */
  find(match: InstanceMatch, patience: number, signal: AbortSignal): Promise<Outcome<RegistryInstance>>;
  /**
   * Takes the instance out of service on every peer and confirms it by live reads. Peers that fail before the first
   * write leave nothing changed; after any failure `undrain` is due. Failure: `drain-unconfirmed`.
   */
  drain(instance: InstanceId, signal: AbortSignal): Promise<Outcome<void>>;
  /**
   * Waits until every peer's cached answers show the instance out of service, which `drain` has made measurable;
   * returns the seconds it took. Failure: `drain-unconfirmed`.
   */
  awaitPropagated(instance: InstanceId, signal: AbortSignal): Promise<Outcome<number>>;
  /**
   * Undoes `drain` for a container that runs; done only when live reads on every peer show UP. Does what it can on the
   * others when a peer fails. To be given a signal of its own after an abort. Failure: `undrain-unconfirmed`.
   */
  undrain(instance: InstanceId, signal: AbortSignal): Promise<Outcome<void>>;
  /**
   * Deletes the lease, and any status set over it, on every peer, so that the next start does not inherit them. For a
   * container that has stopped: a running one registers again. Failure: `removal-unconfirmed`.
   */
  remove(instance: InstanceId): Promise<Outcome<void>>;
  /**
   * Waits until a registration of this start is UP on every peer, without a status set over it, and stays so for a few looks.
   *
   * @param started when the container was started: `since` by this machine's clock, at or before the start; `startedAt`
   * by the host's clock (Docker's State.StartedAt)
   * @param deadline seconds
   * @param onWaiting what each peer says meanwhile, each time that it changes; empty = no peer lists it yet
   *
   * Failures: `instance-not-up`, `instance-flapping`, `instance-ambiguous`.
   */
  awaitUp(
    match: InstanceMatch,
    started: { readonly since: Date; readonly startedAt?: Date },
    deadline: number,
    onWaiting: (peers: readonly PeerReport[]) => void,
    signal: AbortSignal,
  ): Promise<Outcome<RegistryInstance>>;
  /** How each peer answers, for `gantry check`. */
  check(): Promise<readonly PeerCheck[]>;
}

/** By what a host may be known to a service registry. */
export interface HostIdentity {
  readonly hostname: string;
  /** The one by which it is reached, where that is known, then its own; loopback left out. */
  readonly addresses: readonly string[];
}

/** One established connection to a service. */
export interface TcpConnection {
  /** The other end's address. */
  readonly peer: string;
  /** Milliseconds since the service last sent something there, and since it last received something. */
  readonly sent: number;
  readonly received: number;
  /** Something was received and nothing sent yet: on a new connection both times may be the same. */
  readonly unanswered?: true;
}

/** One host, opened: all that the engine needs of it. */
export interface Target {
  readonly host: Host;
  readonly docker: Docker;
  /** Takes the project's lock on this host, or says who holds it. */
  lock(project: string, holder: LockHolder): Promise<Outcome<HostLock>>;
  /** Who holds the project's lock on this host, if anybody does; a holder with empty fields when it cannot be told. */
  lockHolder(project: string): Promise<Outcome<LockHolder | undefined>>;
  /** Opens a TCP stream to an address as the host sees it (health probes). */
  openTcp(address: string, port: number): Promise<Outcome<Duplex>>;
  /** Who the host is; asked once. */
  identity(): Promise<Outcome<HostIdentity>>;
  /**
   * The connections to these ports in the network namespace of a process. Failure: `connections-unseen`, where the
   * host does not let us look.
   */
  connections(pid: number, ports: readonly number[], signal: AbortSignal): Promise<Outcome<readonly TcpConnection[]>>;
  close(): Promise<void>;
}

/** Opens hosts. The engine never sees how. */
export interface Fleet {
  open(host: Host, signal: AbortSignal): Promise<Outcome<Target>>;
}

/** Runs the command lines of hooks on the control machine. */
export interface HookRunner {
  /**
   * Runs one command with these variables added to the environment, without a shell. `output` is what it printed;
   * a command that cannot be started has exit code 127, one that outlives its deadline (seconds) 124.
   */
  run(
    argv: readonly string[],
    variables: Readonly<Record<string, string>>,
    deadline: number,
  ): Promise<{ readonly exitCode: number; readonly output: string }>;
}

export interface Clock {
  now(): Date;
  /** Waits; returns early when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
