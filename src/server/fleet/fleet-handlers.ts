import type { FleetState } from "../../contract/fleet.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Handlers } from "../api/handlers.ts";
import { notFound } from "../api/problem-error.ts";
import { environmentRef } from "../orders/catalogue.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import { seenEnvironment, seenEnvironments } from "./fleet-access.ts";
import { actingOrders, actionsOn } from "./fleet-actions.ts";
import { emptyCell, fleetVersion, merged, releaseOf, runsOf } from "./fleet-answers.ts";
import type { FleetRefresh } from "./fleet-refresh.ts";
import { matricesOf, sourcesOf, versionsOf } from "./fleet-snapshots.ts";
import { gantryCentres, type GantryCentre } from "./gantry-orders.ts";
import { latestRuns, originsOf } from "./gantry-runs.ts";

type Names =
  | "GET /fleet/environments"
  | "GET /fleet"
  | "GET /fleet/state"
  | "POST /fleet/refresh"
  | "GET /fleet/hosts/:name"
  | "GET /fleet/projects/:name";

export interface FleetParts {
  readonly store: DefinitionStore;
  readonly refresh: FleetRefresh;
}

/** Seconds after which whoever looks at a fleet has it asked again. */
const OLD = 30;

export function fleetHandlers({ store, refresh }: FleetParts): Handlers<Names> {
  const { db } = store;

  /** The environment, where the caller may see it, and whom to ask about it; they are asked where that is long ago. */
  const opened = async (id: number, caller: SignedIn, olderThan: number | null = OLD) => {
    const { data } = await seenEnvironment(db, caller, id);
    const centres = (await gantryCentres(db, [id])).get(id) ?? [];
    await Promise.all(centres.map((centre) => refresh.look({ environment: id, centre: centre.id }, olderThan)));
    return { environment: environmentRef(id, data), centres };
  };
  const stateOf = async (id: number, centres: readonly GantryCentre[]): Promise<FleetState> => ({
    sources: [...(await sourcesOf(db, id, centres))],
  });

  return {
    "GET /fleet/environments": async ({ caller }) => {
      const seen = await seenEnvironments(db, caller);
      const centres = await gantryCentres(
        db,
        seen.map(({ id }) => id),
      );
      return { items: seen.map(({ id, data }) => ({ ...environmentRef(id, data), asked: centres.has(id) })) };
    },

    "GET /fleet": async ({ query, caller }) => {
      const { environment, centres } = await opened(query.environment, caller);
      const [state, matrices] = await Promise.all([
        stateOf(environment.id, centres),
        matricesOf(db, environment.id, centres),
      ]);
      const { groups, hosts, projects } = merged(matrices);
      return {
        ...state,
        environment,
        groups,
        hosts,
        projects: projects.map(({ centre, project }) => ({
          ...project,
          configCentre: centre.name,
          cells: [...project.cells],
        })),
      };
    },

    "GET /fleet/state": async ({ query, caller }) => {
      const { environment, centres } = await opened(query.environment, caller);
      return stateOf(environment.id, centres);
    },

    "POST /fleet/refresh": async ({ body, caller }) => {
      const { environment, centres } = await opened(body.environment, caller, null);
      return stateOf(environment.id, centres);
    },

    "GET /fleet/hosts/:name": async ({ params, query, caller }) => {
      const { environment, centres } = await opened(query.environment, caller);
      const { groups, seenHosts, projects } = merged(await matricesOf(db, environment.id, centres));
      const found = seenHosts.find(({ host }) => host.name === params.name);
      if (found === undefined) throw notFound("host");
      const { host, centre } = found;
      const [state, versions, orders] = await Promise.all([
        stateOf(environment.id, centres),
        versionsOf(db, { environment: environment.id, centre: centre.id }, { host: host.name }),
        actingOrders(db, environment.id, caller),
      ]);
      const origins = await originsOf(db, environment.id, runsOf(Object.values(versions ?? {}).flat()), caller);
      return {
        ...state,
        environment,
        host,
        groups: groups.filter((group) => group.hosts.includes(host.name)).map(({ name }) => name),
        projects: projects.flatMap(({ project: { name, cells } }) => {
          const own = versions?.[name] ?? [];
          const cell = cells.find((each) => each.host === host.name);
          if (cell === undefined && own.length === 0) return [];
          return [
            {
              name,
              cell: cell ?? emptyCell(host.name, own),
              versions: own.map((version) => fleetVersion(version, origins)),
              actions: actionsOn(name, environment.name, orders),
            },
          ];
        }),
      };
    },

    "GET /fleet/projects/:name": async ({ params, query, caller }) => {
      const { environment, centres } = await opened(query.environment, caller);
      const { seenHosts, projects } = merged(await matricesOf(db, environment.id, centres));
      const found = projects.find(({ project }) => project.name === params.name);
      if (found === undefined) throw notFound("project");
      const { project, centre } = found;
      const [state, runs, orders, ...byCentre] = await Promise.all([
        stateOf(environment.id, centres),
        latestRuns(db, environment, [project.name], caller),
        actingOrders(db, environment.id, caller),
        ...centres.map(async ({ id }) => ({
          id,
          versions: await versionsOf(db, { environment: environment.id, centre: id }, { project: project.name }),
        })),
      ]);
      const versionsOn = (host: string, of: number) => byCentre.find(({ id }) => id === of)?.versions?.[host] ?? [];
      const shown = seenHosts.flatMap((each) => {
        const versions = versionsOn(each.host.name, each.centre.id);
        const cell = project.cells.find(({ host }) => host === each.host.name);
        if (cell === undefined && versions.length === 0) return [];
        return [{ host: each.host, cell: cell ?? emptyCell(each.host.name, versions), versions }];
      });
      const origins = await originsOf(db, environment.id, runsOf(shown.flatMap(({ versions }) => versions)), caller);
      return {
        ...state,
        environment,
        project: project.name,
        configCentre: centre.name,
        problem: project.problem,
        hosts: shown.map((each) => ({
          ...each,
          versions: each.versions.map((version) => fleetVersion(version, origins)),
        })),
        releases: runs.map(releaseOf),
        actions: actionsOn(project.name, environment.name, orders),
      };
    },
  };
}
