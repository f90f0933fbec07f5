import { maskSecrets } from "../domain/docker-run.ts";
import type { Hooks } from "../domain/project.ts";
import type { Emit, HookName, RunStatus } from "./events.ts";
import type { RunRequest } from "./plan.ts";
import type { Clock, HookRunner } from "./ports.ts";

/** Seconds for one command of a hook. */
const DEADLINE = 600;

/** Runs the commands of one hook in order; false at the first that fails, and the rest is left out. */
export async function runHook(
  hook: HookName,
  hooks: Hooks,
  request: RunRequest,
  status: RunStatus | "starting",
  ports: { readonly hookRunner: HookRunner; readonly clock: Clock; readonly emit: Emit },
): Promise<boolean> {
  const { clock, emit, hookRunner } = ports;
  for (const command of hooks[hook]) {
    const shown = maskSecrets(command);
    emit({ type: "hook-started", hook, command: shown });
    const began = clock.now().getTime();
    const { exitCode, output } = await hookRunner.run(command, variablesOf(request, status), DEADLINE);
    emit({
      type: "hook-finished",
      hook,
      command: shown,
      exitCode,
      output,
      seconds: (clock.now().getTime() - began) / 1000,
    });
    if (exitCode !== 0) return false;
  }
  return true;
}

/** What a hook is told, by environment variables. */
function variablesOf(request: RunRequest, status: RunStatus | "starting"): Record<string, string> {
  return {
    GANTRY_RUN: request.run,
    GANTRY_MODE: request.mode,
    GANTRY_ENVIRONMENT: request.environment,
    GANTRY_PROJECT: request.project,
    GANTRY_IMAGE: request.image ?? "",
    GANTRY_HOSTS: request.hosts.map(({ name }) => name).join(","),
    GANTRY_USER: request.user,
    GANTRY_STATUS: status,
  };
}
