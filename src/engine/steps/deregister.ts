import { FailureError, unwrap } from "../errors.ts";
import { probe } from "../probe.ts";
import { serviceUrl } from "../service-url.ts";
import { registryOf, type StepExecutor } from "../step-context.ts";

/**
 * Takes the instance out of service: on every peer of the registry, or by the service's own path. What a dead instance
 * has left in the registry is removed instead.
 */
export const deregister: StepExecutor<"deregister"> = async ({ container, registered }, context) => {
  const { plan, target, memory, abort } = context;
  const { drain } = plan;
  if (registered !== undefined && "leftover" in registered) {
    unwrap(await registryOf(context).remove(registered.leftover));
    return { status: "changed", result: { removed: registered.leftover.id } };
  }
  const instance = registered?.instance;
  // Also a drain that fails halfway has to be undone.
  memory.drained = container;
  if (drain?.method === "http") {
    const url = await serviceUrl(drain.deregister, container, instance, context);
    const answer = await probe(url, target, abort);
    // It has answered and done nothing: there is nothing to undo.
    if (answer.detail.startsWith("HTTP ") && !answer.healthy) memory.drained = undefined;
    if (!answer.healthy)
      throw new FailureError({ reason: "deregister-refused", host: target.host.name, url, detail: answer.detail });
    return { status: "changed", result: { url, answer: answer.detail } };
  }
  if (instance === undefined) throw new Error("an instance to deregister was planned for nobody");
  unwrap(await registryOf(context).drain(instance, abort));
  const peers = instance.peers.map(({ peer }) => peer);
  return { status: "changed", result: { instance: instance.id, status: "OUT_OF_SERVICE", peers } };
};
