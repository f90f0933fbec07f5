import { hostsOf, type Inventory } from "../../adapters/inventory/inventory.ts";
import type { FleetSurvey, SurveyedHost, SurveyedVersion } from "../../contract/fleet.ts";
import { isUp } from "../../domain/container.ts";
import type { Host } from "../../domain/host.ts";
import { RUN_LABEL } from "../../domain/version.ts";
import { isUnreachable } from "../../engine/errors.ts";
import { surveyHosts, type HostSurvey, type SeenVersion } from "../../engine/survey.ts";
import { LOOK_CONNECT_DEADLINE } from "../../gantry/fleet.ts";
import { explainFailure } from "../output/explain.ts";
import { columns } from "../output/table.ts";
import { EXIT, UsageError, type CommonOptions, type Services } from "../services.ts";
import { loadEnvironment } from "./configuration.ts";
import { hostsOfPattern, loadInventory } from "./hosts.ts";

export interface FleetOptions extends CommonOptions {
  readonly environment: string;
  readonly json?: boolean;
}

/** Seconds for one host, and for all of them: somebody waits for the answer. */
const HOST_DEADLINE = 15;
const DEADLINE = 100;

/** A project and the hosts that it is meant for. */
interface Placed {
  readonly name: string;
  readonly hosts: readonly Host[];
  /** Why its hosts cannot be told. */
  readonly problem: string | undefined;
}

/**
 * Prints what runs on all hosts of an environment's projects. Nothing is changed. Projects without hosts and hosts that
 * cannot be asked are named on standard error, and in the JSON; the exit code is 4 where a host is unreachable, 2 where
 * something else is wrong with one.
 */
export async function fleet(options: FleetOptions, services: Services): Promise<number> {
  const { adapters, words, stdout, stderr } = services;
  const began = new Date();
  const { name, projects } = await loadEnvironment(options, services);
  const inventory = await loadInventory(options, "auto", services);
  const placed: Placed[] = [];
  for (const project of projects.values()) placed.push(await place(project, inventory, services));
  const hosts = new Map(placed.flatMap((project) => project.hosts.map((host) => [host.name, host])));
  const open = await adapters.openFleet(LOOK_CONNECT_DEADLINE);
  try {
    const signal = AbortSignal.timeout(DEADLINE * 1000);
    const asked = { projects: new Set(projects.keys()), deadline: HOST_DEADLINE, signal };
    const surveys = await surveyHosts([...hosts.values()], open, asked);
    for (const { problem } of placed) if (problem !== undefined) stderr.write(`${problem}\n`);
    for (const { seen } of surveys) if (!seen.ok) stderr.write(`${explainFailure(words, seen.failure).what}\n`);
    const survey: FleetSurvey = {
      environment: name,
      at: began.toISOString(),
      milliseconds: Date.now() - began.getTime(),
      groups: groupsAmong(inventory, hosts),
      hosts: surveys.map(surveyed),
      projects: placed.map((project) => ({
        name: project.name,
        hosts: project.hosts.map((host) => host.name),
        problem: project.problem ?? null,
      })),
    };
    stdout.write(options.json === true ? `${JSON.stringify(survey)}\n` : `${tableOf(survey)}\n`);
    const failures = surveys.flatMap(({ seen }) => (seen.ok ? [] : [seen.failure]));
    if (failures.length === 0) return EXIT.done;
    return failures.some(isUnreachable) ? EXIT.unreachable : EXIT.failed;
  } finally {
    await open.close();
  }
}

async function place(
  { name, hosts: pattern }: { readonly name: string; readonly hosts: string },
  inventory: Inventory,
  services: Services,
): Promise<Placed> {
  try {
    return { name, hosts: await hostsOfPattern(pattern, inventory, services), problem: undefined };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { name, hosts: [], problem: `${name}: ${error.message}` };
  }
}

/** Ansible's own groups say nothing about a host. */
const OWN: ReadonlySet<string> = new Set(["all", "ungrouped"]);

function groupsAmong(inventory: Inventory, hosts: ReadonlyMap<string, Host>): FleetSurvey["groups"] {
  return [...inventory.groups.keys()]
    .filter((name) => !OWN.has(name))
    .map((name) => ({ name, hosts: hostsOf(inventory, name).filter((host) => hosts.has(host)) }))
    .filter((group) => group.hosts.length > 0);
}

function surveyed({ host, seconds, seen }: HostSurvey): SurveyedHost {
  return {
    name: host.name,
    address: host.address,
    failure: seen.ok ? null : seen.failure,
    docker: seen.ok ? { ...seen.value.docker } : null,
    milliseconds: Math.round(seconds * 1000),
    versions: seen.ok ? seen.value.versions.map(version) : [],
  };
}

function version({ project, failed, container, startedAt }: SeenVersion): SurveyedVersion {
  const { labels } = container;
  return {
    project,
    version: container.name,
    image: container.image,
    imageId: container.imageId,
    state: container.state,
    health: container.health ?? null,
    createdAt: new Date(container.created * 1000).toISOString(),
    startedAt: startedAt ?? null,
    failed,
    run: labels[RUN_LABEL] ?? null,
    user: labels["gantry.user"] ?? null,
    digest: labels["gantry.digest"] ?? null,
  };
}

/** Project by project, each host with what is up there: version, image, state. */
function tableOf({ projects, hosts }: FleetSurvey): string {
  const rows = projects.flatMap((project) =>
    hosts.flatMap((host) => {
      const up = host.versions.filter((each) => each.project === project.name && isUp({ state: stateOf(each) }));
      if (up.length > 0) return up.map((each) => [project.name, host.name, each.version, each.image, wordsOf(each)]);
      return project.hosts.includes(host.name) ? [[project.name, host.name, host.failure === null ? "-" : "?"]] : [];
    }),
  );
  return columns(rows).join("\n");
}

function stateOf({ state }: SurveyedVersion): Parameters<typeof isUp>[0]["state"] {
  return state as Parameters<typeof isUp>[0]["state"];
}

function wordsOf({ state, health }: SurveyedVersion): string {
  return health === null ? state : `${state} (${health})`;
}
