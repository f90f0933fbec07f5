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

/** What may go wrong between a run and a service registry, or a service that takes itself out of it. */
export type RegistryFailure =
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
  | { readonly reason: "connections-unseen"; readonly host: string; readonly detail: string };
