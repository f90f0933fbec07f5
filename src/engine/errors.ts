import type { Result } from "../domain/result.ts";

/** Who holds a host lock, as written into the lock file by the holder. */
export interface LockHolder {
  readonly run: string;
  readonly user: string;
  readonly machine: string;
  readonly since: string;
}

/** Statuses of an instance, in the words of Eureka's InstanceStatus; other registries are translated to these. */
export type InstanceStatus = "UP" | "DOWN" | "STARTING" | "OUT_OF_SERVICE" | "UNKNOWN";

/** An instance as a service registry lists it. */
export interface ListedInstance {
  readonly id: string;
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
  readonly status: InstanceStatus;
}

/**
 * Why a listed instance is not the one of a container: another start's `deployid`, nothing that names the container
 * or its host, another address, another port, listed in a cached answer only, or a registration from before the start.
 */
export type Mismatch =
  | "other-token"
  | "other-name"
  | "other-address"
  | "other-port"
  | "gone"
  | "old-registration"
  /** It does fit: one of several. */
  | "fits";

export interface ComparedInstance extends ListedInstance {
  readonly mismatch: Mismatch;
}

/** What one peer of a service registry says of one instance. */
export interface PeerReport {
  /** The peer's URL, without user and password. */
  readonly peer: string;
  readonly shows: InstanceStatus | "absent" | "unreachable" | "refused";
  /** The status set over the instance's own; absent when none is set. */
  readonly override?: InstanceStatus;
  /** True when the registration is one from before the start that is waited for. */
  readonly old?: true;
  /** Why there was no answer, or which. */
  readonly detail?: string;
}

/**
 * Everything that may go wrong without being a bug. `reason` names it; the other fields are the facts that a
 * message is made of (the words are in the locale catalogues). `detail` is the last words of the program or
 * server that failed, free of secrets.
 */
export type Failure =
  // Reaching a host
  | { readonly reason: "host-unreachable"; readonly host: string; readonly address: string; readonly detail: string }
  | { readonly reason: "host-key-unknown"; readonly host: string; readonly address: string; readonly detail: string }
  | { readonly reason: "host-key-changed"; readonly host: string; readonly address: string; readonly detail: string }
  | {
      readonly reason: "login-refused";
      readonly host: string;
      readonly address: string;
      readonly user?: string;
      readonly detail: string;
    }
  | { readonly reason: "become-refused"; readonly host: string; readonly user: string; readonly detail: string }
  | { readonly reason: "connection-lost"; readonly host: string; readonly detail: string }
  | { readonly reason: "deadline"; readonly host: string; readonly action: string; readonly seconds: number }
  | { readonly reason: "ssh-missing"; readonly host: string; readonly detail: string }
  /** The host cannot open a TCP stream to `address`:`port`, or its sshd forbids forwarding. */
  | {
      readonly reason: "tcp-refused";
      readonly host: string;
      readonly address: string;
      readonly port: number;
      readonly detail: string;
    }
  // Docker on a host
  | { readonly reason: "docker-missing"; readonly host: string; readonly detail: string }
  | { readonly reason: "docker-denied"; readonly host: string; readonly detail: string }
  | { readonly reason: "docker-down"; readonly host: string; readonly detail: string }
  | {
      readonly reason: "docker-error";
      readonly host: string;
      readonly action: string;
      readonly status: number;
      readonly detail: string;
    }
  | { readonly reason: "disk-full"; readonly host: string; readonly action: string; readonly detail: string }
  | {
      readonly reason: "port-taken";
      readonly host: string;
      readonly port: string;
      readonly container: string;
      readonly detail: string;
    }
  | {
      readonly reason: "run-refused";
      readonly host: string;
      readonly container: string;
      readonly exitCode: number;
      readonly detail: string;
    }
  // Images
  | { readonly reason: "image-missing"; readonly image: string; readonly detail: string }
  | { readonly reason: "registry-login"; readonly registry: string; readonly image: string; readonly detail: string }
  | {
      readonly reason: "registry-unreachable";
      readonly registry: string;
      readonly image: string;
      readonly detail: string;
    }
  // Service registries
  /** No answer from a peer. `detail` is free of secrets. */
  | { readonly reason: "peer-unreachable"; readonly peer: string; readonly detail: string }
  /** A peer answered with a status that refuses: 401, 403, 500, ... */
  | { readonly reason: "peer-refused"; readonly peer: string; readonly status: number; readonly detail: string }
  /** Something answers at the peer's URL, but under none of the tried paths as the service registry does. */
  | {
      readonly reason: "peer-unknown";
      readonly peer: string;
      readonly tried: readonly string[];
      readonly detail: string;
    }
  | {
      readonly reason: "instance-not-found";
      readonly host: string;
      readonly app: string;
      readonly seen: readonly ComparedInstance[];
    }
  | {
      readonly reason: "instance-ambiguous";
      readonly host: string;
      readonly app: string;
      readonly seen: readonly ComparedInstance[];
    }
  /** The lease that bears the container's or host's name was taken by another host. */
  | {
      readonly reason: "instance-of-other-host";
      readonly host: string;
      readonly app: string;
      readonly instance: string;
      readonly address: string;
      /** The addresses that it should have had one of. */
      readonly expected: readonly string[];
    }
  /** Not every peer knows the instance, though it had the time of a heartbeat to get around. */
  | {
      readonly reason: "peers-disagree";
      readonly host: string;
      readonly instance: string;
      readonly peers: readonly PeerReport[];
    }
  | {
      readonly reason: "drain-unconfirmed";
      readonly host: string;
      readonly instance: string;
      readonly seconds: number;
      /** True: the peers themselves have it out of service, but not yet the answers that they cache for clients. */
      readonly cached: boolean;
      readonly peers: readonly PeerReport[];
    }
  | {
      readonly reason: "undrain-unconfirmed";
      readonly host: string;
      readonly instance: string;
      readonly seconds: number;
      readonly peers: readonly PeerReport[];
    }
  | {
      readonly reason: "removal-unconfirmed";
      readonly host: string;
      readonly instance: string;
      readonly peers: readonly PeerReport[];
    }
  | {
      readonly reason: "instance-not-up";
      readonly host: string;
      readonly app: string;
      /** Its id, once it has registered. */
      readonly instance?: string;
      readonly seconds: number;
      readonly peers: readonly PeerReport[];
      readonly seen: readonly ComparedInstance[];
    }
  | {
      readonly reason: "instance-flapping";
      readonly host: string;
      readonly app: string;
      readonly instance: string;
      readonly seconds: number;
      /** How often it went away after having been UP on every peer. */
      readonly falls: number;
      readonly peers: readonly PeerReport[];
    }
  /** The instance's own path that takes it out of service (or lets it shut down) did not answer with success. */
  | {
      readonly reason: "deregister-refused";
      readonly host: string;
      readonly url: string;
      readonly detail: string;
    }
  /** There is no address at which the service could be asked to take itself out of service. */
  | { readonly reason: "deregister-nowhere"; readonly host: string; readonly project: string }
  /** What the service is busy with cannot be seen: no root, no `nsenter` or no `ss` on the host. */
  | { readonly reason: "connections-unseen"; readonly host: string; readonly detail: string }
  // Versions and containers
  | {
      readonly reason: "container-exited";
      readonly host: string;
      readonly container: string;
      readonly exitCode: number;
      readonly outOfMemory: boolean;
      readonly log: readonly string[];
    }
  | {
      readonly reason: "container-restarting";
      readonly host: string;
      readonly container: string;
      readonly restarts: number;
      readonly exitCode: number;
      readonly log: readonly string[];
    }
  | {
      readonly reason: "unhealthy";
      readonly host: string;
      readonly container: string;
      readonly seconds: number;
      readonly probe: string;
      readonly detail: string;
      readonly log: readonly string[];
    }
  | { readonly reason: "still-running"; readonly host: string; readonly container: string; readonly detail: string }
  | { readonly reason: "changed-underneath"; readonly host: string; readonly expected: string; readonly found: string }
  | {
      readonly reason: "wrong-image";
      readonly host: string;
      readonly container: string;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly reason: "no-version"; readonly host: string; readonly project: string }
  | {
      readonly reason: "no-older-version";
      readonly host: string;
      readonly project: string;
      readonly passedOver: readonly string[];
    }
  | {
      readonly reason: "version-unknown";
      readonly host: string;
      readonly version: string;
      readonly kept: readonly string[];
    }
  // Runs
  | { readonly reason: "locked"; readonly host: string; readonly project: string; readonly holder?: LockHolder }
  | { readonly reason: "lock-lost"; readonly host: string; readonly project: string }
  /** The host cannot lock at all: `flock` is missing, or something hostile or unreadable is in the lock file's place. */
  | { readonly reason: "lock-impossible"; readonly host: string; readonly project: string; readonly detail: string }
  | { readonly reason: "aborted"; readonly host: string };

export type FailureReason = Failure["reason"];
export type Outcome<T> = Result<T, Failure>;

const unreachable: ReadonlySet<FailureReason> = new Set<FailureReason>([
  "host-unreachable",
  "host-key-unknown",
  "host-key-changed",
  "login-refused",
  "ssh-missing",
]);

/** True for failures that mean the host was never reached: counted apart from failed hosts (Ansible's `unreachable`). */
export function isUnreachable(failure: Failure): boolean {
  return unreachable.has(failure.reason);
}

/** Carries a Failure through code that would otherwise check every call; `attempt` turns it back into a value. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** Runs `work` and returns its value, or the Failure that it threw; anything else thrown is a bug and goes on. */
export async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, failure: error.failure };
    throw error;
  }
}

/** The value of an outcome; throws its failure as a FailureError, for use inside `attempt`. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new FailureError(outcome.failure);
}
