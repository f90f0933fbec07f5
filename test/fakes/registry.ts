import type { Failure, Outcome } from "../../src/engine/errors.ts";
import type { InstanceStatus } from "../../src/engine/registry-failure.ts";
import type {
  InstanceId,
  InstanceMatch,
  PeerCheck,
  RegistryInstance,
  ServiceRegistry,
} from "../../src/engine/ports.ts";
import type { FakeWorld } from "./world.ts";

const PEER = "http://eureka1";

interface Lease {
  status: InstanceStatus;
}

/**
 * A service registry in memory with one peer: what runs on a host is registered as `<host>:demo1`, as with host
 * networking, so that a start inherits what was left. Everything that is done to it stands among the world's deeds.
 */
export class FakeRegistry implements ServiceRegistry {
  /** Leases by instance id; `register` puts them there. */
  readonly leases = new Map<string, Lease>();
  /** Failures to answer with, by host and action (`find`, `drain`, `undrain`, `remove`, `awaitUp`, `propagated`). */
  readonly faults = new Map<string, Failure>();
  readonly #world: FakeWorld;

  constructor(world: FakeWorld) {
    this.#world = world;
  }

  register(host: string, status: InstanceStatus = "UP"): void {
    this.leases.set(idOf(host), { status });
  }

  statusOf(host: string): InstanceStatus | undefined {
    return this.leases.get(idOf(host))?.status;
  }

  find({ host }: InstanceMatch): Promise<Outcome<RegistryInstance>> {
    return this.#answer(host, "find", () => {
      const lease = this.leases.get(idOf(host));
      if (lease !== undefined) return { ok: true, value: this.#instance(host, lease.status) };
      return { ok: false, failure: { reason: "instance-not-found", host, app: "demo1", seen: [] } };
    });
  }

  drain({ host, id }: InstanceId): Promise<Outcome<void>> {
    return this.#answer(host, "drain", () => {
      this.#did(host, "drain");
      this.leases.set(id, { status: "OUT_OF_SERVICE" });
      return { ok: true, value: undefined };
    });
  }

  awaitPropagated({ host }: InstanceId): Promise<Outcome<number>> {
    return this.#answer(host, "propagated", () => ({ ok: true, value: 12 }));
  }

  undrain({ host, id }: InstanceId): Promise<Outcome<void>> {
    return this.#answer(host, "undrain", () => {
      this.#did(host, "undrain");
      this.leases.set(id, { status: "UP" });
      return { ok: true, value: undefined };
    });
  }

  remove({ host, id }: InstanceId): Promise<Outcome<void>> {
    return this.#answer(host, "remove-lease", () => {
      this.#did(host, "remove-lease");
      this.leases.delete(id);
      return { ok: true, value: undefined };
    });
  }

  awaitUp({ host }: InstanceMatch): Promise<Outcome<RegistryInstance>> {
    return this.#answer(host, "awaitUp", () => {
      const lease = this.leases.get(idOf(host)) ?? { status: "UP" };
      this.leases.set(idOf(host), lease);
      if (lease.status === "UP") return { ok: true, value: this.#instance(host, "UP") };
      const peers = [{ peer: PEER, shows: lease.status, override: lease.status }];
      const facts = { host, app: "demo1", instance: idOf(host), seconds: 120, peers, seen: [] };
      return { ok: false, failure: { reason: "instance-not-up", ...facts } };
    });
  }

  check(): Promise<readonly PeerCheck[]> {
    return Promise.resolve([{ peer: PEER, instances: [], replicas: [] }]);
  }

  #instance(host: string, status: InstanceStatus): RegistryInstance {
    const peers = [{ peer: PEER, shows: status }];
    return { host, id: idOf(host), hostname: host, address: this.#world.addressOf(host), port: 8080, status, peers };
  }

  #answer<T>(host: string, action: string, work: () => Outcome<T>): Promise<Outcome<T>> {
    const failure = this.faults.get(`${host} ${action}`);
    return Promise.resolve(failure === undefined ? work() : { ok: false, failure });
  }

  #did(host: string, deed: string): void {
    this.#world.deeds.push(`${host} ${deed}`);
  }
}

function idOf(host: string): string {
  return `${host}:demo1`;
}
