import { RUN_LABEL } from "../domain/version.ts";
import { attempt, unwrap } from "./errors.ts";
import type { Emit } from "./events.ts";
import type { Plan } from "./plan.ts";
import type { Target } from "./ports.ts";

/**
 * Removes the oldest versions beyond `keep`, with their images where nothing else uses them. What runs, the newest
 * stopped version and the one that ran `before` (the way back) stay. A failure here is told and harms nobody.
 */
export async function removeOldVersions(
  target: Target,
  plan: Plan,
  before: string | undefined,
  emit: Emit,
): Promise<void> {
  const host = target.host.name;
  const outcome = await attempt(async () => {
    const versions = unwrap(await target.docker.containers(plan.project));
    const stopped = versions.filter(({ state }) => state === "exited" || state === "dead" || state === "created");
    const running = versions.length - stopped.length;
    const surplus = stopped
      .slice(Math.max(1, plan.keep - running))
      .filter(({ name, labels }) => name !== before && labels[RUN_LABEL] !== undefined);
    for (const { name, imageId } of surplus) {
      unwrap(await target.docker.remove(name));
      emit({ type: "version-removed", host, version: name });
      unwrap(await target.docker.removeImage(imageId));
    }
  });
  if (!outcome.ok) emit({ type: "housekeeping-failed", host, failure: outcome.failure });
}
