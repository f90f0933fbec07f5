import type { StepExecutor } from "../step-context.ts";

/** Reports the running version: it was looked for when the facts were gathered, before the plan was made. */
export const find: StepExecutor<"find"> = (step) =>
  Promise.resolve({ status: "ok", result: { running: step.running } });

/** Reports the version that a rollback will start, and those that were passed over because they had died by themselves. */
export const findExited: StepExecutor<"find-exited"> = (step) =>
  Promise.resolve({
    status: "ok",
    result: { version: step.version, ...(step.passedOver.length > 0 ? { passed_over: step.passedOver } : {}) },
  });
