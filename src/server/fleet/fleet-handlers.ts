import type { Handlers } from "../api/handlers.ts";
import { notFound } from "../api/problem-error.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import { environmentRef } from "../orders/catalogue.ts";
import { seenEnvironment, seenEnvironments } from "./fleet-access.ts";

type Names =
  | "GET /fleet/environments"
  | "GET /fleet"
  | "GET /fleet/state"
  | "POST /fleet/refresh"
  | "GET /fleet/hosts/:name"
  | "GET /fleet/projects/:name";

export interface FleetParts {
  readonly store: DefinitionStore;
}

export function fleetHandlers({ store }: FleetParts): Handlers<Names> {
  const { db } = store;
  return {
    "GET /fleet/environments": async ({ caller }) => ({
      items: (await seenEnvironments(db, caller)).map(({ id, data }) => ({
        ...environmentRef(id, data),
        asked: false,
      })),
    }),
    "GET /fleet": async ({ query, caller }) => {
      const { id, data } = await seenEnvironment(db, caller, query.environment);
      return { environment: environmentRef(id, data), sources: [], groups: [], hosts: [], projects: [] };
    },
    "GET /fleet/state": async ({ query, caller }) => {
      await seenEnvironment(db, caller, query.environment);
      return { sources: [] };
    },
    "POST /fleet/refresh": async ({ body, caller }) => {
      await seenEnvironment(db, caller, body.environment);
      return { sources: [] };
    },
    "GET /fleet/hosts/:name": async ({ query, caller }) => {
      await seenEnvironment(db, caller, query.environment);
      throw notFound("host");
    },
    "GET /fleet/projects/:name": async ({ query, caller }) => {
      await seenEnvironment(db, caller, query.environment);
      throw notFound("project");
    },
  };
}
