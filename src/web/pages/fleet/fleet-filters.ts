import type { Fleet, FleetCell, FleetHost } from "../../../contract/fleet.ts";
import type { FleetFilters } from "../../paths.ts";

type FleetProject = Fleet["projects"][number];

/** The hosts and projects that the filters leave, and what runs of the one on the other. */
export interface ShownFleet {
  readonly hosts: readonly FleetHost[];
  readonly projects: readonly FleetProject[];
  readonly cellOf: (host: string, project: string) => FleetCell | undefined;
}

/**
 * Chooses hosts and projects by what is looked for: whatever fits brings its row and its column, and what else stands
 * where they cross is shown with it, so that it can be compared.
 */
export function shownFleet(fleet: Fleet, { text, group, drift }: FleetFilters): ShownFleet {
  const wanted = (text ?? "").trim().toLowerCase();
  const inGroup = group === undefined ? undefined : new Set(fleet.groups.find(({ name }) => name === group)?.hosts);
  const cells = new Map(
    fleet.projects.map(({ name, cells: of }) => [name, new Map(of.map((cell) => [cell.host, cell]))]),
  );
  const cellOf = (host: string, project: string): FleetCell | undefined => cells.get(project)?.get(host);
  if (wanted === "" && inGroup === undefined && drift === undefined)
    return { hosts: fleet.hosts, projects: fleet.projects, cellOf };

  const hosts = new Set<string>();
  const projects = new Set<string>();
  const fits = (...words: readonly (string | null)[]): boolean =>
    wanted === "" || words.some((word) => word?.toLowerCase().includes(wanted));
  const isIn = (host: string): boolean => inGroup === undefined || inGroup.has(host);
  for (const project of fleet.projects) {
    for (const cell of project.cells) {
      if (!isIn(cell.host) || (drift !== undefined && cell.marks.length === 0)) continue;
      if (!fits(project.name, cell.host, cell.version, cell.tag)) continue;
      hosts.add(cell.host);
      projects.add(project.name);
    }
    if (drift === undefined && wanted !== "" && fits(project.name)) projects.add(project.name);
  }
  if (drift === undefined) for (const { name } of fleet.hosts) if (isIn(name) && fits(name)) hosts.add(name);
  return {
    hosts: fleet.hosts.filter(({ name }) => hosts.has(name)),
    projects: fleet.projects.filter(({ name }) => projects.has(name)),
    cellOf,
  };
}

/** How many projects drift on how many hosts, and hosts that do not answer. */
export function countsOf(fleet: Fleet): { readonly drift: number; readonly unreachable: number } {
  return {
    drift: fleet.projects.reduce((sum, { cells }) => sum + driftOf(cells), 0),
    unreachable: fleet.hosts.filter(({ failure }) => failure !== null).length,
  };
}

/** How many of these drift. */
export function driftOf(cells: readonly FleetCell[]): number {
  return cells.filter(({ marks }) => marks.length > 0).length;
}
