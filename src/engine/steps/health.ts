import { awaitHealthy } from "../health.ts";
import type { StepExecutor } from "../step-context.ts";

/** Waits until the configured probes answer and go on answering for `bake`. */
export const health: StepExecutor<"health"> = async ({ version }, context) => {
  const { attempts, probes } = await awaitHealthy(version, context);
  return { status: "ok", result: { version, probes, attempts } };
};
