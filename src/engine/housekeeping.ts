import { attempt, unwrap } from "./errors.ts";
import type { Emit } from "./events.ts";
import type { Plan } from "./plan.ts";
import type { Target } from "./ports.ts";

/** The label by which Gantry knows its own containers: others are never removed by itself. */
const OWN_LABEL = "gantry.run";

/**
 * Removes the oldest versions beyond `keep`, with their images where nothing else uses them. What runs and the newest
 * stopped version (the rollback target) stay. A failure here is told and harms nobody.
 */
export async function removeOldVersions(target: Target, plan: Plan, emit: Emit): Promise<void> {
  const host = target.host.name;
  const outcome = await attempt(async () => {
    const versions = unwrap(await target.docker.containers(plan.project));
    const stopped = versions.filter(({ state }) => state === "exited" || state === "dead" || state === "created");
    const running = versions.length - stopped.length;
    const surplus = stopped
      .slice(Math.max(1, plan.keep - running))
      .filter(({ labels }) => labels[OWN_LABEL] !== undefined);
    for (const { name, imageId } of surplus) {
      unwrap(await target.docker.remove(name));
      emit({ type: "version-removed", host, version: name });
      unwrap(await target.docker.removeImage(imageId));
    }
  });
  if (!outcome.ok) emit({ type: "housekeeping-failed", host, failure: outcome.failure });
}
