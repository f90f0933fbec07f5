import { unwrap } from "../errors.ts";
import { awaitUp } from "../health.ts";
import type { StepExecutor } from "../step-context.ts";

/** Starts a kept version and makes sure that it stays up. */
export const start: StepExecutor<"start"> = async ({ version }, context) => {
  context.memory.touched = true;
  context.memory.startedSince = context.clock.now();
  unwrap(await context.target.docker.start(version));
  await awaitUp(version, context);
  return { status: "changed", result: { version } };
};
