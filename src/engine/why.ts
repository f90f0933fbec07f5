import { maskSecrets } from "../domain/docker-run.ts";
import { isUp } from "../domain/container.ts";
import type { Failure } from "./errors.ts";
import type { Why } from "./events.ts";
import type { Step } from "./plan.ts";
import type { Target } from "./ports.ts";

/** Lines of a container's log that come with a failure. */
export const LOG_LINES = 100;

/** Collects what helps to see why a step failed; whatever cannot be had any more is left out. */
export async function explain(failure: Failure, step: Step, target: Target, project: string): Promise<Why> {
  const container = step.kind === "run" || step.kind === "start" || step.kind === "health" ? step.version : undefined;
  const [versions, detail, log] = await Promise.all([
    target.docker.containers(project),
    container === undefined ? undefined : target.docker.inspect(container),
    container === undefined ? undefined : target.docker.logs(container, LOG_LINES),
  ]);
  const state = detail?.ok ? detail.value : undefined;
  return {
    failure,
    ...(step.kind === "run" ? { command: maskSecrets(step.argv) } : {}),
    ...(state
      ? {
          state: {
            status: state.state,
            exitCode: state.exitCode,
            outOfMemory: state.outOfMemory,
            error: state.error,
            restarts: state.restarts,
          },
        }
      : {}),
    ...(state?.health ? { health: `${state.health.status}: ${state.health.lastOutput}` } : {}),
    log: "log" in failure ? failure.log : log?.ok ? log.value : [],
    running: versions.ok ? versions.value.filter(isUp).map((each) => each.name) : undefined,
  };
}
