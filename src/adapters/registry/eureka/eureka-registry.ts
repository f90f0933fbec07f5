import type { Eureka } from "../../../domain/project.ts";
import type { Clock, PeerCheck, ServiceRegistry } from "../../../engine/ports.ts";
import { awaitInstanceUp } from "./await-up.ts";
import { drainInstance } from "./drain.ts";
import { findInstance } from "./find.ts";
import type { Peers } from "./looks.ts";
import { createPeer, type Peer } from "./peer.ts";
import { awaitPropagation } from "./propagation.ts";
import { removeInstance } from "./remove.ts";
import { defaultTiming, type Timing } from "./timing.ts";
import { undrainInstance } from "./undrain.ts";

export interface EurekaRegistryOptions {
  readonly clock: Clock;
  /** Other times than the usual ones, for tests. */
  readonly timing?: Partial<Timing>;
}

/**
 * A project's application in Eureka, over its REST interface, on every peer of `eureka.urls`; one object serves all
 * hosts of a run, at once. Nothing is asked before the first call, and no connection stays open after one. Peers are
 * reached directly, never through an HTTP proxy.
 *
 * Source: Netflix Eureka (AbstractInstanceRegistry, ResponseCacheImpl, InstanceResource), as in Spring Cloud Netflix.
 */
export function createEurekaRegistry(eureka: Eureka, options: EurekaRegistryOptions): ServiceRegistry {
  const { clock } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const app = eureka.appName;
  const all = eureka.urls.map((url) => createPeer({ url, app, login: eureka.logins[url], clock, timing }));
  const peers: Peers = { app, all, clock, timing };
  return {
    find: (match, patience, signal) => findInstance(peers, match, patience, signal),
    drain: (instance, signal) => drainInstance(peers, instance, signal),
    awaitPropagated: (instance, signal) => awaitPropagation(peers, instance, signal),
    undrain: (instance, signal) => undrainInstance(peers, instance, signal),
    remove: (instance) => removeInstance(peers, instance),
    awaitUp: (match, started, deadline, onWaiting, signal) =>
      awaitInstanceUp(peers, match, started, deadline, onWaiting, signal),
    check: () => Promise.all(all.map(checkPeer)),
  };
}

async function checkPeer(peer: Peer): Promise<PeerCheck> {
  const base = await peer.base();
  if (!base.ok) return { peer: peer.url, failure: base.failure, instances: [], replicas: [] };
  const { signal } = new AbortController();
  const [list, replicas] = await Promise.all([peer.list(signal), peer.replicas(signal)]);
  const clockAhead = peer.clock.ahead();
  return {
    peer: peer.url,
    base: base.value,
    ...(clockAhead === undefined ? {} : { clockAhead }),
    ...(list.ok ? {} : { failure: list.failure }),
    instances: list.ok ? list.value.map(listedOnly) : [],
    replicas: replicas.ok ? replicas.value : [],
  };
}

function listedOnly({ id, hostname, address, port, status }: PeerCheck["instances"][number]) {
  return { id, hostname, address, port, status };
}
