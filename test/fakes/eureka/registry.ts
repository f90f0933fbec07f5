import { hashCode, type Application } from "./encode.ts";
import { idOf, isExpired, type Instance, type Lease, type Status } from "./instance.ts";
import type { RenewalRate } from "./renewals.ts";

/** What is told to the peers, `PeerAwareInstanceRegistryImpl.Action`. */
export type Action = "Register" | "Heartbeat" | "Cancel" | "StatusUpdate" | "DeleteStatusOverride";

export interface RegistryListener {
  /** A change that makes cached answers of that instance's application and addresses stale. */
  changed(instance: Instance): void;
  /** Something done by a client or operator, not by a peer. */
  replicate(action: Action, app: string, id: string, lease: Lease | undefined): void;
}

interface Change {
  readonly at: number;
  readonly lease: Lease;
}

/** How long a delta shows a change; Eureka's default is three minutes. */
const deltaRetentionMs = 180_000;

/**
 * The state of one server: a copy of the rules of `AbstractInstanceRegistry`, in its order of events. Overrides are
 * keyed by instance id alone, as there.
 */
export class Registry {
  readonly #apps = new Map<string, Map<string, Lease>>();
  readonly #overrides = new Map<string, Status>();
  readonly #changes: Change[] = [];
  readonly #now: () => number;
  readonly #renewals: RenewalRate;
  readonly #listener: RegistryListener;

  constructor(now: () => number, renewals: RenewalRate, listener: RegistryListener) {
    this.#now = now;
    this.#renewals = renewals;
    this.#listener = listener;
  }

  register(registrant: Instance, isReplication: boolean): void {
    const leases = this.#apps.get(registrant.app) ?? new Map<string, Lease>();
    this.#apps.set(registrant.app, leases);
    const id = idOf(registrant);
    const existing = leases.get(id);
    if (existing === undefined) this.#renewals.clientAdded();
    // The older of two registrations never wins: its sender may have been overtaken.
    const isOlder = existing !== undefined && existing.instance.lastDirtyTimestamp > registrant.lastDirtyTimestamp;
    const instance = isOlder ? existing.instance : registrant;
    const lease: Lease = {
      instance,
      durationMs: (registrant.durationInSecs > 0 ? registrant.durationInSecs : 90) * 1000,
      registrationTimestamp: this.#now(),
      renewalTimestamp: this.#now(),
      evictionTimestamp: 0,
      serviceUpTimestamp: existing?.serviceUpTimestamp ?? 0,
    };
    const existingStatus = existing?.instance.status;
    leases.set(id, lease);
    if (instance.overriddenStatus !== "UNKNOWN" && !this.#overrides.has(id)) {
      this.#overrides.set(id, instance.overriddenStatus);
    }
    instance.overriddenStatus = this.#overrides.get(id) ?? instance.overriddenStatus;
    instance.status = this.#effectiveStatus(instance, existingStatus, isReplication);
    if (instance.status === "UP") serviceUp(lease, this.#now());
    this.#changed(lease, "ADDED");
    if (!isReplication) this.#listener.replicate("Register", instance.app, id, lease);
  }

  /** False: the client must register again. */
  renew(app: string, id: string, isReplication: boolean): boolean {
    const lease = this.#lease(app, id);
    if (lease === undefined) return false;
    const status = this.#effectiveStatus(lease.instance, lease.instance.status, isReplication);
    if (status === "UNKNOWN") return false;
    lease.instance.status = status;
    this.#renewals.renewed();
    this.#renewLease(lease);
    if (!isReplication) this.#listener.replicate("Heartbeat", app, id, lease);
    return true;
  }

  cancel(app: string, id: string, isReplication: boolean): boolean {
    if (!this.#remove(app, id)) return false;
    if (!isReplication) this.#listener.replicate("Cancel", app, id, undefined);
    return true;
  }

  /**
   * PUT status. `dirty` is the caller's lastDirtyTimestamp, 0 without one.
   * @throws when it is not a number, having done half of it already, as Eureka does
   */
  override(app: string, id: string, status: Status, dirty: number, isReplication: boolean): boolean {
    const lease = this.#lease(app, id);
    if (lease === undefined) return false;
    this.#renewLease(lease);
    if (lease.instance.status !== status) {
      if (status === "UP") serviceUp(lease, this.#now());
      this.#overrides.set(id, status);
      lease.instance.overriddenStatus = status;
      this.#statusChanged(lease, status, dirty);
    }
    if (!isReplication) this.#listener.replicate("StatusUpdate", app, id, lease);
    return true;
  }

  /** DELETE status: `status` is what the instance shows until its next registration. */
  removeOverride(app: string, id: string, status: Status, dirty: number, isReplication: boolean): boolean {
    const lease = this.#lease(app, id);
    if (lease === undefined) return false;
    this.#renewLease(lease);
    if (this.#overrides.delete(id)) {
      lease.instance.overriddenStatus = "UNKNOWN";
      this.#statusChanged(lease, status, dirty);
    }
    if (!isReplication) this.#listener.replicate("DeleteStatusOverride", app, id, lease);
    return true;
  }

  /** A peer's override that this server has lost (`storeOverriddenStatusIfRequired`). */
  adoptOverride(app: string, id: string, status: Status): void {
    if (this.#overrides.get(id) === status) return;
    this.#overrides.set(id, status);
    const lease = this.find(app, id);
    if (lease !== undefined) lease.instance.overriddenStatus = status;
  }

  /** The live lease; one that has run out is not shown where leases may expire. */
  find(app: string, id: string): Lease | undefined {
    return this.#shown(this.#lease(app, id));
  }

  /** The first live lease of that id in any application. */
  findById(id: string): Lease | undefined {
    return [...this.#apps.values()].map((leases) => this.#shown(leases.get(id))).find((lease) => lease !== undefined);
  }

  /** Without the applications that have no lease left. */
  applications(): readonly Application[] {
    const all = [...this.#apps].map(([name, leases]) => ({ name, leases: [...leases.values()] }));
    return all.filter(({ leases }) => leases.length > 0);
  }

  /** What changed lately, each instance once, in its present state; deleted ones too. */
  recentChanges(): readonly Application[] {
    const oldest = this.#now() - deltaRetentionMs;
    while (this.#changes[0] !== undefined && this.#changes[0].at < oldest) this.#changes.shift();
    const apps = new Map<string, Map<string, Lease>>();
    for (const { lease } of this.#changes) {
      const leases = apps.get(lease.instance.app) ?? new Map<string, Lease>();
      leases.delete(idOf(lease.instance));
      apps.set(lease.instance.app, leases.set(idOf(lease.instance), lease));
    }
    return [...apps].map(([name, leases]) => ({ name, leases: [...leases.values()] }));
  }

  hashCode(): string {
    return hashCode(this.applications());
  }

  /** Removes leases that have run out, at most 15 % of all at once but always one. No peer is told. */
  evict(): void {
    if (!this.#renewals.leasesMayExpire()) return;
    const all = this.applications().flatMap(({ leases }) => leases);
    const limit = all.length - Math.trunc(all.length * 0.85);
    const expired = all.filter((lease) => isExpired(lease, this.#now()));
    for (const { instance } of expired.slice(0, limit)) this.#remove(instance.app, idOf(instance));
  }

  /** The overrides by instance id, for tests. */
  get overrides(): ReadonlyMap<string, Status> {
    return this.#overrides;
  }

  /** Forgets an override as Eureka does after an hour without access: the lease keeps the status it shows. */
  expireOverride(id: string): void {
    this.#overrides.delete(id);
  }

  /** The first rule that applies wins: `DownOrStartingRule`, `OverrideExistsRule`, `LeaseExistsRule`. */
  #effectiveStatus(instance: Instance, existing: Status | undefined, isReplication: boolean): Status {
    if (instance.status !== "UP" && instance.status !== "OUT_OF_SERVICE") return instance.status;
    const override = this.#overrides.get(idOf(instance));
    if (override !== undefined) return override;
    if (!isReplication && (existing === "UP" || existing === "OUT_OF_SERVICE")) return existing;
    return instance.status;
  }

  #remove(app: string, id: string): boolean {
    const leases = this.#apps.get(app);
    const lease = leases?.get(id);
    leases?.delete(id);
    this.#overrides.delete(id); // also when the lease is of another application, or of none
    if (lease === undefined) return false;
    lease.evictionTimestamp = this.#now();
    this.#changed(lease, "DELETED");
    this.#renewals.clientRemoved();
    return true;
  }

  #statusChanged(lease: Lease, status: Status, dirty: number): void {
    lease.instance.status = status;
    if (Number.isNaN(dirty)) throw new TypeError("lastDirtyTimestamp is not a number");
    lease.instance.lastDirtyTimestamp = Math.max(dirty, lease.instance.lastDirtyTimestamp);
    this.#changed(lease, "MODIFIED");
  }

  #changed(lease: Lease, actionType: "ADDED" | "MODIFIED" | "DELETED"): void {
    lease.instance.actionType = actionType;
    lease.instance.lastUpdatedTimestamp = this.#now();
    this.#changes.push({ at: this.#now(), lease });
    this.#listener.changed(lease.instance);
  }

  #renewLease(lease: Lease): void {
    lease.renewalTimestamp = this.#now() + lease.durationMs;
  }

  #lease(app: string, id: string): Lease | undefined {
    return this.#apps.get(app)?.get(id);
  }

  #shown(lease: Lease | undefined): Lease | undefined {
    const isGone = lease !== undefined && this.#renewals.leasesMayExpire() && isExpired(lease, this.#now());
    return isGone ? undefined : lease;
  }
}

function serviceUp(lease: Lease, now: number): void {
  if (lease.serviceUpTimestamp === 0) lease.serviceUpTimestamp = now;
}
