import type { InstanceMatch } from "../../../engine/ports.ts";
import type { EurekaInstance } from "./eureka-instance.ts";

/** More would be many requests for little. */
const limit = 6;

/**
 * Ids under which a container's instance may be registered already while cached lists, up to 30 s old, do not show it:
 * the one it had before (it stays with host networking), and those of others with the container's name in the first
 * place (Spring's default is `hostname:application:port`). Whatever is found there still has to fit.
 */
export function likelyIds(match: InstanceMatch, listed: readonly EurekaInstance[]): readonly string[] {
  const known = new Set(listed.map(({ id }) => id));
  const models = [...(match.previous === undefined ? [] : [match.previous.id]), ...known];
  const names = [match.containerHostname, match.containerId?.slice(0, 12)].filter((name) => name !== undefined);
  const formed = models.flatMap((id) => names.map((name) => id.replace(/^[^:]*/, () => name)));
  const ids = [...(match.instanceId === undefined ? [] : [match.instanceId]), ...models, ...formed];
  return [...new Set(ids)].filter((id) => id !== "" && !known.has(id)).slice(0, limit);
}
