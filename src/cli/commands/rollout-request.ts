import { deployTokenArgs } from "../../domain/container.ts";
import { runCommandArgs } from "../../domain/docker-run.ts";
import type { Host } from "../../domain/host.ts";
import { imageOf } from "../../domain/image-reference.ts";
import type { Mode } from "../../domain/mode.ts";
import type { Drain, Environment, Project } from "../../domain/project.ts";
import type { RegistrySettings, RunRequest } from "../../engine/plan.ts";
import type { ModeOptions } from "./rollout-options.ts";
import type { Values } from "./rollout-values.ts";
import type { RunContext } from "./run-context.ts";

/** What the engine is asked for: the options, and what the project's configuration says. */
export function makeRequest(
  { mode, to, force }: ModeOptions,
  { version, serial, wait, checkTime }: Values,
  environment: Environment,
  project: Project,
  hosts: readonly Host[],
  { id, user, machine, startedAt }: RunContext,
): RunRequest {
  const image = version === undefined ? undefined : imageOf(project, version);
  return {
    run: id,
    mode,
    environment: environment.name,
    project: project.name,
    hosts,
    serial: serial ?? project.serial,
    strategy: project.strategy,
    onFailure: project.onFailure,
    force: force === true,
    hooks: project.hooks,
    maxFailed: project.maxFailed,
    maxUnreachable: project.maxUnreachable,
    keep: project.keep,
    healthCheck: project.healthCheck,
    registry: registrySettings(project, mode),
    drain: drainSettings(project, mode, wait),
    publishedPorts: project.runArgs.publishedPorts.flatMap(({ host }) => (host === undefined ? [] : [host.first])),
    checkTime,
    stopTimeout: project.stopTimeout === undefined ? undefined : Math.ceil(project.stopTimeout / 1000),
    image,
    runArgv: (name, digest, host) =>
      runCommandArgs({
        name,
        // The project's own come last and so win.
        args: [...(inRegistry(project) ? deployTokenArgs(id, host) : []), ...project.runArgs.args],
        image: image ?? "",
        command: project.runCommand,
        labels: {
          "gantry.project": project.name,
          "gantry.environment": environment.name,
          "gantry.version": name,
          "gantry.run": id,
          "gantry.digest": digest,
          "gantry.user": user,
        },
        ...(project.envFile === undefined ? {} : { envFile: project.envFile }),
      }),
    to,
    user,
    machine,
    startedAt,
  };
}

/** Modes that lead traffic away before they stop anything. */
const GRACEFUL: ReadonlySet<Mode> = new Set<Mode>(["update", "restart_soft", "rollback", "stop_soft"]);
/** Modes that start something which must come UP in the registry. */
const PROVEN: ReadonlySet<Mode> = new Set<Mode>([...GRACEFUL, "restart", "update_hard_check"]);

function inRegistry({ eureka, drain }: Project): boolean {
  return eureka !== undefined && drain.method !== "none";
}

function registrySettings(project: Project, mode: Mode): RegistrySettings | undefined {
  const { eureka } = project;
  if (eureka === undefined || !inRegistry(project) || !PROVEN.has(mode)) return undefined;
  const { appName: app, instanceId } = eureka;
  return { app, ...(instanceId === undefined ? {} : { instanceId }) };
}

function drainSettings({ drain }: Project, mode: Mode, wait: number | "auto" | undefined): Drain | undefined {
  if (drain.method === "none" || !GRACEFUL.has(mode)) return undefined;
  return wait === undefined ? drain : { ...drain, wait };
}
