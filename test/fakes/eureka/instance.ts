/** `InstanceInfo.InstanceStatus` of the Eureka client. */
export type Status = (typeof statuses)[number];
const statuses = ["UP", "DOWN", "STARTING", "OUT_OF_SERVICE", "UNKNOWN"] as const;

export interface Port {
  readonly number: number;
  readonly enabled: boolean;
}

/** What the registry keeps of an instance (`InstanceInfo`); times in ms since the epoch. */
export interface Instance {
  /** Absent where the client sent none: then the host name is the id. */
  readonly instanceId: string | undefined;
  readonly hostName: string;
  /** Always upper case. */
  readonly app: string;
  readonly ipAddr: string;
  status: Status;
  overriddenStatus: Status;
  readonly port: Port;
  readonly securePort: Port;
  readonly countryId: number;
  readonly dataCenterInfo: { readonly class: string; readonly name: string };
  readonly renewalIntervalInSecs: number;
  readonly durationInSecs: number;
  readonly metadata: Record<string, string>;
  /** URLs and virtual addresses, in the order of Eureka's encoder; only those that were sent. */
  readonly links: Readonly<Record<string, string>>;
  lastUpdatedTimestamp: number;
  lastDirtyTimestamp: number;
  actionType: "ADDED" | "MODIFIED" | "DELETED" | undefined;
}

/** `Lease` of the Eureka server; times in ms since the epoch, 0 for never. */
export interface Lease {
  readonly instance: Instance;
  readonly durationMs: number;
  readonly registrationTimestamp: number;
  /** The last heartbeat PLUS the duration: Eureka's known mistake, which doubles the life of a renewed lease. */
  renewalTimestamp: number;
  evictionTimestamp: number;
  serviceUpTimestamp: number;
}

/** The status of that name, which is case-sensitive; undefined for any other word. */
export function statusOf(word: string | null | undefined): Status | undefined {
  return statuses.find((status) => status === word);
}

/** Under what the registry finds it: `InstanceInfo.getId`. */
export function idOf(instance: Instance): string {
  return instance.instanceId === undefined || instance.instanceId === "" ? instance.hostName : instance.instanceId;
}

/** True when no heartbeat came in time (`Lease.isExpired`). */
export function isExpired(lease: Lease, now: number): boolean {
  return lease.evictionTimestamp > 0 || now > lease.renewalTimestamp + lease.durationMs;
}
