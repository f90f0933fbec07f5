import { z } from "zod";
import { Fleet, FleetEnvironment, FleetHostDetail, FleetProjectDetail, FleetState } from "../fleet.ts";
import type { Route, RouteName } from "../route.ts";
import { number } from "./inputs.ts";

const InEnvironment = z.object({ environment: number.positive() });
const Name = z.object({ name: z.string().min(1).max(200) });

/** What runs where, as the config centres of an environment's orders see it. */
export const FLEET_ROUTES = {
  "GET /fleet/environments": {
    summary: "Environments of which I may see the fleet",
    tag: "fleet",
    access: "fleet",
    answer: z.object({ items: z.array(FleetEnvironment) }),
  },
  "GET /fleet": {
    summary: "Hosts, groups, and the versions that run, as they were last seen; begins to look again when that is old",
    tag: "fleet",
    access: "fleet",
    query: InEnvironment,
    answer: Fleet,
  },
  "GET /fleet/state": {
    summary: "How old that is, and whether it is being looked at again; begins to look again when that is old",
    tag: "fleet",
    access: "fleet",
    query: InEnvironment,
    answer: FleetState,
  },
  "POST /fleet/refresh": {
    summary: "Look again now",
    tag: "fleet",
    access: "fleet",
    body: z.strictObject({ environment: z.number().int().positive() }),
    answer: FleetState,
    status: 202,
  },
  "GET /fleet/hosts/:name": {
    summary: "One host: its projects, versions and problems",
    tag: "fleet",
    access: "fleet",
    params: Name,
    query: InEnvironment,
    answer: FleetHostDetail,
  },
  "GET /fleet/projects/:name": {
    summary: "One project: its hosts, kept versions and latest releases",
    tag: "fleet",
    access: "fleet",
    params: Name,
    query: InEnvironment,
    answer: FleetProjectDetail,
  },
} as const satisfies Record<RouteName, Route>;
