import { awaitHealthy } from "../health.ts";
import { awaitRegistered } from "../registration.ts";
import type { StepExecutor } from "../step-context.ts";

/**
 * Waits until the configured probes answer, the registration of this start is UP on every peer of the service registry,
 * and all goes well for `bake`.
 */
export const health: StepExecutor<"health"> = async ({ version }, context) => {
  const { plan, clock, memory } = context;
  if (plan.registry === undefined) {
    const { attempts, probes } = await awaitHealthy(version, context);
    return { status: "ok", result: { version, probes, attempts } };
  }
  const began = clock.now();
  const { bake } = plan.healthCheck;
  const { attempts, probes } = await awaitHealthy(version, context, 0);
  const since = memory.startedSince ?? began;
  const left = plan.checkTime - (clock.now().getTime() - began.getTime()) / 1000;
  let instance = await awaitRegistered(version, since, left, context);
  if (bake > 0) {
    await awaitHealthy(version, context);
    instance = await awaitRegistered(version, since, plan.checkTime, context);
  }
  return { status: "ok", result: { version, probes, attempts, instance: instance.id, status: instance.status } };
};
