import { z } from "zod";
import { RUN_STATES } from "./states.ts";

/** Why something could not be asked, as the engine has it (`Failure`): pages say it in words of their own. */
const Failure = z.looseObject({ reason: z.string() });

const Docker = z.object({ engine: z.string(), api: z.string(), architecture: z.string() });

/** One container of a project on a host, as `gantry fleet --json` has it. */
export const SurveyedVersion = z.object({
  project: z.string(),
  /** Name of the container. */
  version: z.string(),
  /** As it was named when the version was started. */
  image: z.string(),
  imageId: z.string(),
  state: z.string(),
  health: z.enum(["starting", "healthy", "unhealthy"]).nullable(),
  /** ISO 8601. */
  createdAt: z.string(),
  /** Of what runs: since when; null where that is not known. */
  startedAt: z.string().nullable(),
  /** Marked as failed by a release that went back. */
  failed: z.boolean(),
  /** Gantry's labels: the run that made it, for whom, and the image's digest; null: made by something else. */
  run: z.string().nullable(),
  user: z.string().nullable(),
  digest: z.string().nullable(),
});
export type SurveyedVersion = z.infer<typeof SurveyedVersion>;

export const SurveyedHost = z.object({
  name: z.string(),
  address: z.string(),
  /** Why it could not be looked at; null: it was. */
  failure: Failure.nullable(),
  docker: Docker.nullable(),
  milliseconds: z.number(),
  /** Newest first within a project. */
  versions: z.array(SurveyedVersion),
});
export type SurveyedHost = z.infer<typeof SurveyedHost>;

/** What `gantry fleet -e ENV --json` prints: everything that Gantry knows of an environment at one moment. */
export const FleetSurvey = z.object({
  environment: z.string(),
  at: z.string(),
  milliseconds: z.number(),
  /** Groups of the inventory that hold some of these hosts, with those. */
  groups: z.array(z.object({ name: z.string(), hosts: z.array(z.string()) })),
  /** The hosts of all projects. */
  hosts: z.array(SurveyedHost),
  /** In the order of the environment's file. */
  projects: z.array(
    z.object({
      name: z.string(),
      /** The hosts that it is meant for, in the order of the inventory. */
      hosts: z.array(z.string()),
      /** Why its hosts cannot be told, in words. */
      problem: z.string().nullable(),
    }),
  ),
});
export type FleetSurvey = z.infer<typeof FleetSurvey>;

/**
 * What is wrong with a project on a host: nothing runs there; what runs is not healthy, or does not serve; another
 * image than on most of its hosts; another version than the last successful release has left there; more than one
 * version at once; a host that the project is not meant for.
 */
const FLEET_MARKS = ["nothing", "unhealthy", "differs", "released", "several", "stray"] as const;
export type FleetMark = (typeof FLEET_MARKS)[number];

/** What runs of one project on one host. */
export const FleetCell = z.object({
  host: z.string(),
  /** Name of the container that serves; null: none does, or (host unreachable) it is not known. */
  version: z.string().nullable(),
  /** The image's tag, or the beginning of its digest. */
  tag: z.string(),
  state: z.string(),
  health: z.enum(["starting", "healthy", "unhealthy"]).nullable(),
  createdAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  marks: z.array(z.enum(FLEET_MARKS)),
  /** The version that the last successful release has left there, where another one runs. */
  expected: z.string().nullable(),
  /** Versions that could be started again. */
  kept: z.number().int(),
});
export type FleetCell = z.infer<typeof FleetCell>;

/** What the console knows of a config centre's answers. */
export const FleetSource = z.object({
  configCentre: z.object({ id: z.number(), name: z.string() }),
  /** When it answered last; null: never. */
  at: z.string().nullable(),
  /** Seconds since then, by the server's clock. */
  age: z.number().nullable(),
  milliseconds: z.number().nullable(),
  /** It is being asked now. */
  refreshing: z.boolean(),
  /** Why it has not answered when it was asked last: what is shown is older, or nothing. */
  problem: z
    .object({
      reason: z.enum(["missing", "refused", "place", "deadline", "aborted", "unreadable"]),
      detail: z.string(),
      at: z.string(),
    })
    .nullable(),
});
export type FleetSource = z.infer<typeof FleetSource>;

const EnvironmentRef = z.object({ id: z.number(), name: z.string(), colour: z.string(), protected: z.boolean() });

/** Where the console keeps its answers about an environment's fleet. */
export const FleetState = z.object({
  sources: z.array(FleetSource),
});
export type FleetState = z.infer<typeof FleetState>;

export const FleetHost = z.object({
  name: z.string(),
  address: z.string(),
  configCentre: z.string(),
  failure: Failure.nullable(),
  docker: Docker.nullable(),
  milliseconds: z.number(),
});
export type FleetHost = z.infer<typeof FleetHost>;

export const Fleet = FleetState.extend({
  environment: EnvironmentRef,
  groups: z.array(z.object({ name: z.string(), hosts: z.array(z.string()) })),
  hosts: z.array(FleetHost),
  projects: z.array(
    z.object({
      name: z.string(),
      configCentre: z.string(),
      problem: z.string().nullable(),
      cells: z.array(FleetCell),
    }),
  ),
});
export type Fleet = z.infer<typeof Fleet>;

/** An environment of which the caller may see the fleet. */
export const FleetEnvironment = EnvironmentRef.extend({
  /** Whether some of its orders run Gantry: else there is nothing to be asked. */
  asked: z.boolean(),
});
export type FleetEnvironment = z.infer<typeof FleetEnvironment>;

/** The request that a version came from, where the caller may see it. */
const RequestRef = z.object({ id: z.number(), order: z.string(), by: z.string(), at: z.string() });

/** A version on a host, with where it came from. */
export const FleetVersion = SurveyedVersion.extend({
  tag: z.string(),
  /** It holds its place and ports. */
  up: z.boolean(),
  /** The request whose run made it. */
  request: RequestRef.nullable(),
});
export type FleetVersion = z.infer<typeof FleetVersion>;

/** An order that can act on a project, and the values that its form begins with. */
export const FleetAction = z.object({
  order: z.object({ id: z.number(), name: z.string(), summary: z.string() }),
  values: z.record(z.string(), z.array(z.string())),
  /** What it can do: the modes that may be chosen, by the variable that chooses; or its one mode. */
  modes: z.array(z.string()),
  modeVariable: z.string().nullable(),
  /** Variables that take hosts (`-a`), and the version to go back to (`--to`). */
  hostsVariable: z.string().nullable(),
  versionVariable: z.string().nullable(),
});
export type FleetAction = z.infer<typeof FleetAction>;

/** A past run of Gantry on a project, from the console. */
export const FleetRelease = z.object({
  request: z.number(),
  order: z.string(),
  by: z.string(),
  at: z.string(),
  mode: z.string(),
  image: z.string().nullable(),
  tag: z.string().nullable(),
  /** Of the run of Gantry; null: it has not ended, or nobody knows how. */
  status: z.string().nullable(),
  runState: z.enum(RUN_STATES),
  hosts: z.array(z.object({ host: z.string(), verdict: z.string(), now: z.string().nullable() })),
});
export type FleetRelease = z.infer<typeof FleetRelease>;

export const FleetHostDetail = FleetState.extend({
  environment: EnvironmentRef,
  host: FleetHost,
  groups: z.array(z.string()),
  projects: z.array(
    z.object({ name: z.string(), cell: FleetCell, versions: z.array(FleetVersion), actions: z.array(FleetAction) }),
  ),
});
export type FleetHostDetail = z.infer<typeof FleetHostDetail>;

export const FleetProjectDetail = FleetState.extend({
  environment: EnvironmentRef,
  project: z.string(),
  configCentre: z.string(),
  problem: z.string().nullable(),
  hosts: z.array(z.object({ host: FleetHost, cell: FleetCell, versions: z.array(FleetVersion) })),
  /** Newest first. */
  releases: z.array(FleetRelease),
  actions: z.array(FleetAction),
});
export type FleetProjectDetail = z.infer<typeof FleetProjectDetail>;
