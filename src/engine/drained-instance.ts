import type { HostPlan } from "./plan.ts";
import type { RegistryInstance } from "./ports.ts";

/** The instance that a host's steps take out of service. */
export function drainedInstance({ roll }: HostPlan): RegistryInstance | undefined {
  return roll.flatMap((step) => (step.kind === "stop" ? (step.instance ?? []) : []))[0];
}
