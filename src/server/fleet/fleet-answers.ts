import type { Fleet, FleetCell, FleetHost, FleetRelease, FleetVersion, SurveyedVersion } from "../../contract/fleet.ts";
import { isKept, tagOf, upState } from "./drift.ts";
import type { FleetMatrix, MatrixProject } from "./fleet-data.ts";
import type { GantryCentre } from "./gantry-orders.ts";
import type { GantryRun, RunOrigin } from "./gantry-runs.ts";

/** What one config centre has seen. */
export interface CentreMatrix {
  readonly centre: GantryCentre;
  readonly matrix: FleetMatrix;
}

export interface SeenHost {
  readonly centre: GantryCentre;
  readonly host: FleetHost;
}

export interface SeenProject {
  readonly centre: GantryCentre;
  readonly project: MatrixProject;
}

/** One picture of what several config centres have seen: a host that several of them know is told of by one that reaches it. */
export function merged(seen: readonly CentreMatrix[]): Pick<Fleet, "groups" | "hosts"> & {
  readonly projects: readonly SeenProject[];
  readonly seenHosts: readonly SeenHost[];
} {
  const byHost = new Map<string, SeenHost>();
  for (const { centre, matrix } of seen) {
    for (const host of matrix.hosts) {
      const known = byHost.get(host.name);
      if (known === undefined || (known.host.failure !== null && host.failure === null))
        byHost.set(host.name, { centre, host: { ...host, configCentre: centre.name } });
    }
  }
  const projects = new Map<string, { centre: GantryCentre; project: MatrixProject }>();
  const groups = new Map<string, Set<string>>();
  for (const { centre, matrix } of seen) {
    for (const { name, hosts } of matrix.groups) groups.set(name, new Set([...(groups.get(name) ?? []), ...hosts]));
    for (const project of matrix.projects) {
      const own = project.cells.filter(({ host }) => byHost.get(host)?.centre.id === centre.id);
      const known = projects.get(project.name);
      if (known === undefined) projects.set(project.name, { centre, project: { ...project, cells: own } });
      else known.project = { ...known.project, cells: [...known.project.cells, ...own] };
    }
  }
  const seenHosts = [...byHost.values()];
  return {
    groups: [...groups].map(([name, hosts]) => ({ name, hosts: [...hosts] })),
    hosts: seenHosts.map(({ host }) => host),
    seenHosts,
    projects: [...projects.values()],
  };
}

/** A version as the page of a host or project shows it. */
export function fleetVersion(version: SurveyedVersion, origins: ReadonlyMap<string, RunOrigin>): FleetVersion {
  const origin = version.run === null ? undefined : origins.get(version.run);
  return { ...version, tag: tagOf(version.image), up: upState(version), request: origin ?? null };
}

/** Labels of the runs that versions came from. */
export function runsOf(versions: readonly SurveyedVersion[]): readonly string[] {
  return [...new Set(versions.flatMap(({ run }) => run ?? []))];
}

/** A cell for a host that has versions of a project, and nothing else to tell of it. */
export function emptyCell(host: string, versions: readonly SurveyedVersion[]): FleetCell {
  return {
    host,
    version: null,
    tag: "",
    state: "none",
    health: null,
    createdAt: null,
    startedAt: null,
    marks: [],
    expected: null,
    kept: versions.filter(isKept).length,
  };
}

/** A run of Gantry as the page of a project lists it. */
export function releaseOf({
  started,
  finished,
  request,
  order_name: order,
  by,
  run_state: runState,
}: GantryRun): FleetRelease {
  const image = started.image ?? null;
  return {
    request,
    order,
    by,
    at: started.at,
    mode: started.mode,
    image,
    tag: image === null ? null : tagOf(image),
    status: finished?.status ?? null,
    runState,
    hosts: (finished?.hosts ?? []).map(({ host, verdict, now }) => ({ host, verdict, now: now ?? null })),
  };
}
