import type { Host } from "../domain/host.ts";
import type { Container } from "../domain/container.ts";
import { attempt, unwrap, type Failure } from "./errors.ts";
import type { Fleet } from "./ports.ts";

/** A version that can be started again, and where. */
interface KeptVersion {
  readonly version: string;
  /** As it was named when the version was started. */
  readonly image: string;
  /** The hosts on which it is kept; on others it may run, or not be there. */
  readonly hosts: readonly string[];
}

export interface KeptVersions {
  /** Newest first. */
  readonly versions: readonly KeptVersion[];
  /** The hosts that could not be looked at. */
  readonly failed: ReadonlyMap<string, Failure>;
}

/** The versions of a project that `rollback --to` may name on some of these hosts. Looks at all of them at once. */
export async function keptVersions(
  project: string,
  hosts: readonly Host[],
  fleet: Fleet,
  signal: AbortSignal,
): Promise<KeptVersions> {
  const failed = new Map<string, Failure>();
  const kept = new Map<string, KeptVersion>();
  const looks = await Promise.all(
    hosts.map(async (host) => ({ host: host.name, seen: await look(project, host, fleet, signal) })),
  );
  for (const { host, seen } of looks) {
    if (!seen.ok) failed.set(host, seen.failure);
    for (const { name: version, image } of seen.ok ? seen.value.filter(isKept) : []) {
      const known = kept.get(version) ?? { version, image, hosts: [] };
      kept.set(version, { ...known, hosts: [...known.hosts, host] });
    }
  }
  return { versions: [...kept.values()].toSorted((a, b) => (a.version < b.version ? 1 : -1)), failed };
}

function look(project: string, host: Host, fleet: Fleet, signal: AbortSignal) {
  return attempt(async () => {
    const target = unwrap(await fleet.open(host, signal));
    try {
      return unwrap(await target.docker.containers(project));
    } finally {
      await target.close();
    }
  });
}

/** Docker does not start a dead container again. */
function isKept({ state }: Container): boolean {
  return state === "exited" || state === "created";
}
