import { isUp } from "../../domain/container.ts";
import { FailureError, unwrap } from "../errors.ts";
import type { RegistryInstance } from "../ports.ts";
import { probe } from "../probe.ts";
import { serviceUrl } from "../service-url.ts";
import { LOG_LINES } from "../why.ts";
import { registryOf, type StepContext, type StepExecutor } from "../step-context.ts";

/** Between two looks whether a service has shut down by itself, in milliseconds. */
const POLL = 250;
/** Seconds of grace for a drained service that sets none: Spring Boot takes up to 30 s for requests in flight. */
const DRAINED_GRACE = 40;

/**
 * Stops what runs, after making sure that it is still what the plan saw, and looks again afterwards. Its lease in the
 * service registry is removed, so that the next start does not inherit a status from it.
 */
export const stop: StepExecutor<"stop"> = async ({ containers, beside, instance }, context) => {
  const { target, plan, waiting } = context;
  const { docker, host } = target;
  const now = unwrap(await docker.containers(plan.project)).filter(isUp);
  if (beside !== undefined && !now.some(({ name }) => name === beside)) {
    const { exitCode, outOfMemory } = unwrap(await docker.inspect(beside));
    const log = await docker.logs(beside, LOG_LINES);
    throw new FailureError({
      reason: "container-exited",
      host: host.name,
      container: beside,
      exitCode,
      outOfMemory,
      log: log.ok ? log.value : [],
    });
  }
  const found = now.map(({ name }) => name).filter((name) => name !== beside);
  if (found.toSorted().join() !== containers.toSorted().join()) {
    throw new FailureError({
      reason: "changed-underneath",
      host: host.name,
      expected: containers.join(", "),
      found: found.join(", "),
    });
  }
  context.memory.touched = true;
  const exitCodes: Record<string, number> = {};
  for (const container of containers) {
    await shutDown(container, instance, context);
    waiting({ for: "stop", container });
    unwrap(await docker.stop(container, await graceFor(container, context)));
    const after = unwrap(await docker.inspect(container));
    if (after.state !== "exited" && after.state !== "dead" && after.state !== "created") {
      throw new FailureError({
        reason: "still-running",
        host: host.name,
        container,
        detail: `state ${after.state} after docker stop`,
      });
    }
    exitCodes[container] = after.exitCode;
  }
  if (instance !== undefined) {
    waiting({ for: "lease-removal", instance: instance.id });
    unwrap(await registryOf(context).remove(instance));
  }
  const removed = instance === undefined ? {} : { removed_from_registry: instance.id };
  return { status: "changed", result: { stopped: containers, exit_codes: exitCodes, ...removed } };
};

/** Seconds between SIGTERM and SIGKILL; undefined leaves it to the container. */
export async function graceFor(container: string, { plan, target }: StepContext): Promise<number | undefined> {
  if (plan.stopTimeout !== undefined || plan.drain === undefined) return plan.stopTimeout;
  const detail = unwrap(await target.docker.inspect(container));
  return detail.stopTimeout === undefined ? DRAINED_GRACE : undefined;
}

/** Lets the service shut down by its own path, where one is configured, before it is stopped. */
async function shutDown(
  container: string,
  instance: RegistryInstance | undefined,
  context: StepContext,
): Promise<void> {
  const { plan, target, clock, waiting, abort } = context;
  const path = plan.drain?.shutdown;
  if (path === undefined) return;
  const url = await serviceUrl(path, container, instance, context);
  const answer = await probe(url, target, abort, "POST");
  if (!answer.healthy)
    throw new FailureError({ reason: "deregister-refused", host: target.host.name, url, detail: answer.detail });
  // Docker would start it again when it ends by itself: it is stopped while it shuts down.
  const { restartsByItself, stopTimeout } = unwrap(await target.docker.inspect(container));
  if (restartsByItself) return;
  const seconds = plan.stopTimeout ?? Math.max(0, stopTimeout ?? DRAINED_GRACE);
  const began = clock.now().getTime();
  while (clock.now().getTime() - began < seconds * 1000 && !abort.aborted) {
    if (!isUp(unwrap(await target.docker.inspect(container)))) return;
    waiting({ for: "service-shutdown", seconds });
    await clock.sleep(POLL, abort);
  }
}
