import type { EurekaInstance } from "./eureka-instance.ts";
import type { ServerClock } from "./server-clock.ts";

/** When a container was started: by this machine's clock, and by its host's where that is known. */
export interface Started {
  readonly since: Date;
  readonly startedAt?: Date;
}

/**
 * Whether a peer's registration is one of this start: taken after it by the peer's clock, and made after it by the clock
 * of the host (peers that pass an old registration on to each other take it anew). Other times mislead:
 * serviceUpTimestamp is inherited, lastUpdatedTimestamp moves with every write, lastRenewalTimestamp lies ahead.
 */
export function isOfThisStart(instance: EurekaInstance, { since, startedAt }: Started, clock: ServerClock): boolean {
  const { registeredAt, dirtyAt } = instance;
  if (registeredAt === undefined || registeredAt < clock.fromLocal(since.getTime())) return false;
  return startedAt === undefined || (dirtyAt !== undefined && dirtyAt >= startedAt.getTime());
}
