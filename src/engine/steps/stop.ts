import { isUp } from "../../domain/container.ts";
import { FailureError, unwrap } from "../errors.ts";
import { LOG_LINES } from "../why.ts";
import type { StepExecutor } from "../step-context.ts";

/** Stops what runs, after making sure that it is still what the plan saw, and looks again afterwards. */
export const stop: StepExecutor<"stop"> = async ({ containers, beside }, { target, plan, waiting }) => {
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
  const exitCodes: Record<string, number> = {};
  for (const container of containers) {
    waiting({ for: "stop", container });
    unwrap(await docker.stop(container, plan.stopTimeout));
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
  return { status: "changed", result: { stopped: containers, exit_codes: exitCodes } };
};
