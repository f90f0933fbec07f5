import { releases } from "../../domain/mode.ts";
import { freezeAt } from "../../domain/project-freeze.ts";
import { previewRun, type RunPreview } from "../../engine/preview.ts";
import { systemClock } from "../../gantry/clock.ts";
import { LOOK_CONNECT_DEADLINE } from "../../gantry/fleet.ts";
import { planJson, refusalJson } from "../output/plan-json.ts";
import { planText } from "../output/plan-text.ts";
import { EXIT, exitCode, UsageError, type Services } from "../services.ts";
import { loadProject } from "./configuration.ts";
import { selectHosts } from "./hosts.ts";
import { fromOriginal, type MainDockerDeployOptions, type ModeOptions } from "./rollout-options.ts";
import { makeRequest } from "./rollout-request.ts";
import { readValues } from "./rollout-values.ts";
import { runContext } from "./run-context.ts";
import type { RunRequest } from "../../engine/plan.ts";

interface PlanShowOptions {
  readonly output?: "text" | "json";
}
export type PlanOptions = ModeOptions & PlanShowOptions;

/** Seconds for everything: somebody waits for the answer. */
const LOOK = 10;

/** What somebody is shown before a run. */
export interface ShownPlan {
  readonly request: RunRequest;
  readonly preview: RunPreview;
  /** Why the project is not released at the moment. */
  readonly frozen: string | undefined;
}

/** The plan of the original's command line. */
export function planMainDockerDeploy(
  options: MainDockerDeployOptions & PlanShowOptions,
  services: Services,
): Promise<number> {
  return plan(fromOriginal(options, services.words), services);
}

/**
 * Prints what a mode would do, host by host, and touches nothing. The exit code is 0 when it would begin, else the one
 * with which it would end. As JSON, what is wrong with files and options is told in the same form.
 */
export async function plan(options: PlanOptions, services: Services): Promise<number> {
  const { stdout, words, paint } = services;
  if (options.output !== "json") {
    const shown = await foresee(options, services);
    stdout.write(planText(shown, words, paint));
    return codeOf(shown);
  }
  try {
    const shown = await foresee(options, services);
    stdout.write(`${JSON.stringify(planJson(shown, words))}\n`);
    return codeOf(shown);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stdout.write(`${JSON.stringify(refusalJson(options, error.message))}\n`);
    return EXIT.usage;
  }
}

function codeOf({ frozen, preview }: ShownPlan): number {
  if (frozen !== undefined) return EXIT.frozen;
  return preview.stopped === undefined ? EXIT.done : exitCode(preview.stopped.status);
}

async function foresee(options: ModeOptions, services: Services): Promise<ShownPlan> {
  const { adapters, words } = services;
  const values = readValues(options, services);
  const { environment, project } = await loadProject(options, services);
  const freeze = releases(options.mode) ? freezeAt(project.freeze, Date.now()) : undefined;
  const purpose = options.mode === "inquiry" ? "look" : "change";
  const hosts = await selectHosts(options.hosts ?? project.hosts, options, services, purpose);
  const request = makeRequest(options, values, environment, project, hosts, runContext(services));
  const { eureka } = project;
  const registry =
    eureka === undefined || request.registry === undefined ? undefined : await adapters.openServiceRegistry(eureka);
  const fleet = await adapters.openFleet(LOOK_CONNECT_DEADLINE);
  try {
    const deadline = { signal: AbortSignal.timeout(LOOK * 1000), seconds: LOOK };
    const preview = await previewRun(request, { fleet, registry, clock: systemClock, deadline });
    return { request, preview, frozen: freeze && words.usage.frozen(project.name, freeze.reason) };
  } finally {
    await fleet.close();
  }
}
