import { unwrap } from "../errors.ts";
import { waitUntilUnused } from "../drain-wait.ts";
import { registryOf, type StepExecutor } from "../step-context.ts";

/** Waits until nobody calls the instance any more, then makes sure that it is still out of service on every peer. */
export const wait: StepExecutor<"wait"> = async ({ container, instance }, context) => {
  const { drain } = context.plan;
  if (drain === undefined) throw new Error("a wait was planned without a drain");
  const result = await waitUntilUnused(drain, container, instance, context);
  // A peer that has restarted meanwhile has forgotten the drain, and one that is gone has told its clients nothing.
  if (drain.method === "eureka" && instance !== undefined)
    unwrap(await registryOf(context).drain(instance, context.abort));
  return { status: "ok", result };
};
