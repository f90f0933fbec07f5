import { waitUntilUnused } from "./drain-wait.ts";
import { drainedInstance } from "./drained-instance.ts";
import { attempt, unwrap } from "./errors.ts";
import { awaitUp } from "./health.ts";
import { matchOf } from "./instances.ts";
import type { RegistryInstance } from "./ports.ts";
import { awaitRegistered } from "./registration.ts";
import { graceFor } from "./steps/stop.ts";
import { registryOf, type StepContext } from "./step-context.ts";

/**
 * Puts a running container that was taken out of service back; returns its instance, where it has one. Throws
 * FailureError where it is not seen in service again.
 */
export async function backInService(container: string, context: StepContext): Promise<string | undefined> {
  const { plan, hostPlan, memory, target, clock } = context;
  const instance = drainedInstance(hostPlan);
  if (memory.drained !== container || plan.drain === undefined) return undefined;
  if (plan.drain.method === "eureka") {
    if (instance === undefined) return undefined;
    unwrap(await registryOf(context).undrain(instance, context.abort));
    memory.drained = undefined;
    return instance.id;
  }
  // What a service has done to itself only a new start undoes.
  const since = clock.now();
  unwrap(await target.docker.stop(container, await graceFor(container, context)));
  unwrap(await target.docker.start(container));
  await awaitUp(container, context);
  memory.drained = undefined;
  return instance === undefined ? undefined : (await awaitRegistered(container, since, plan.checkTime, context)).id;
}

/**
 * Leads traffic away from a version that goes again, as far as it is in the registry; whatever cannot be done there
 * does not keep it from going. Returns its instance, to be removed once it has stopped.
 */
export async function leadAway(
  container: string,
  context: StepContext,
  how: "gracefully" | "at once",
): Promise<RegistryInstance | undefined> {
  const { plan, target, registry, abort } = context;
  const { registry: settings, drain } = plan;
  if (registry === undefined || settings === undefined) return undefined;
  const found = await attempt(async () => {
    const detail = unwrap(await target.docker.inspect(container));
    return unwrap(await registry.find(await matchOf(target, settings, detail), 0, abort));
  });
  if (!found.ok) return undefined;
  const drained = await registry.drain(found.value, abort);
  if (drained.ok && how === "gracefully" && drain?.method === "eureka")
    await attempt(() => waitUntilUnused(drain, container, found.value, context));
  return found.value;
}
