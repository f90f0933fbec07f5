import { replicatedInstance } from "./encode.ts";
import { decodeReplicated } from "./instance-decode.ts";
import { statusOf, type Lease } from "./instance.ts";
import type { Action, Registry } from "./registry.ts";

/** One entry of POST /peerreplication/batch/. */
export interface ReplicationInstance {
  readonly appName: string;
  readonly id: string;
  readonly action: Action;
  readonly status?: string;
  readonly overriddenStatus?: string;
  readonly lastDirtyTimestamp?: number;
  readonly instanceInfo?: unknown;
}

/** The answer to one entry; a lease is sent back where this server knows better. */
interface Applied {
  readonly statusCode: number;
  readonly lease?: Lease;
}

/** Answers a peer's batch (`PeerReplicationResource`). @throws on a body that is no batch */
export function applyBatch(registry: Registry, text: string, now: number): string {
  const { replicationList }: { replicationList: readonly ReplicationInstance[] } = JSON.parse(text);
  const responseList = replicationList.map((entry) => {
    const { statusCode, lease } = apply(registry, entry, now);
    return { statusCode, ...(lease === undefined ? {} : { responseEntity: replicatedInstance(lease) }) };
  });
  return JSON.stringify({ responseList });
}

function apply(registry: Registry, entry: ReplicationInstance, now: number): Applied {
  try {
    return receivers[entry.action](registry, { ...entry, appName: entry.appName.toUpperCase() }, now);
  } catch {
    return { statusCode: 500 };
  }
}

const receivers: Readonly<Record<Action, (registry: Registry, entry: ReplicationInstance, now: number) => Applied>> = {
  Register: (registry, { instanceInfo }, now) => {
    registry.register(decodeReplicated(instanceInfo, now), true);
    return { statusCode: 200 };
  },
  Cancel: (registry, { appName, id }) => ({ statusCode: registry.cancel(appName, id, true) ? 200 : 404 }),
  Heartbeat: (registry, { appName, id, lastDirtyTimestamp, overriddenStatus }) => {
    const answer = heartbeat(registry, appName, id, lastDirtyTimestamp, true);
    const override = statusOf(overriddenStatus);
    if (answer.statusCode === 404 && override !== undefined && override !== "UNKNOWN") {
      if (registry.find(appName, id) !== undefined) registry.adoptOverride(appName, id, override);
    }
    return answer;
  },
  StatusUpdate: (registry, { appName, id, status, lastDirtyTimestamp = 0 }) => {
    if (registry.find(appName, id) === undefined) return { statusCode: 404 };
    const word = statusOf(status);
    const done = word !== undefined && registry.override(appName, id, word, lastDirtyTimestamp, true);
    return { statusCode: done ? 200 : 500 };
  },
  DeleteStatusOverride: (registry, { appName, id, status, lastDirtyTimestamp = 0 }) => {
    if (registry.find(appName, id) === undefined) return { statusCode: 404 };
    const word = statusOf(status);
    const done = word !== undefined && registry.removeOverride(appName, id, word, lastDirtyTimestamp, true);
    return { statusCode: done ? 200 : 500 };
  },
};

/** Renews and compares the client's lastDirtyTimestamp (`InstanceResource.renewLease`, `validateDirtyTimestamp`). */
export function heartbeat(
  registry: Registry,
  app: string,
  id: string,
  dirty: number | undefined,
  isReplication: boolean,
): Applied {
  if (!registry.renew(app, id, isReplication)) return { statusCode: 404 };
  const lease = registry.find(app, id);
  const own = lease?.instance.lastDirtyTimestamp ?? dirty;
  if (lease === undefined || dirty === undefined || own === undefined || dirty === own) return { statusCode: 200 };
  if (dirty > own) return { statusCode: 404 };
  return isReplication ? { statusCode: 409, lease } : { statusCode: 200 };
}
