import type { Environment } from "../../contract/definitions.ts";
import type { FleetSurvey, SurveyedVersion } from "../../contract/fleet.ts";
import { ENDED_RUN_STATES } from "../../contract/states.ts";
import type { Feed } from "../live/feed.ts";
import type { FeedMessage } from "../live/feed-message.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import type { Places } from "../places/places.ts";
import { projectsOf, type Released } from "./drift.ts";
import type { FleetMatrix, VersionsByProject } from "./fleet-data.ts";
import { beginTurn, endTurn, type Outcome, type Seen, type Turn, type Wish } from "./fleet-snapshots.ts";
import { latestRuns, releasedBy } from "./gantry-runs.ts";

export interface FleetRefreshParts {
  readonly store: DefinitionStore;
  readonly places: Places;
  readonly feed: Feed;
  readonly onError: (error: Error) => void;
}

/** Keeps what the console knows of fleets new: asks config centres, one server at a time for each environment. */
export interface FleetRefresh {
  /** Asks again where the last asking is so many seconds ago, or in any case (null). Returns when it has begun. */
  look(seen: Seen, olderThan: number | null): Promise<void>;
  /** Gives up what is under way. */
  stop(): Promise<void>;
}

export function createFleetRefresh(parts: FleetRefreshParts): FleetRefresh {
  const { store, feed, onError } = parts;
  const stopping = new AbortController();
  const askings = new Set<Promise<void>>();

  const begin = async (seen: Seen, wish: Wish): Promise<void> => {
    if (stopping.signal.aborted) return;
    const turn = await beginTurn(store.db, seen, wish);
    if (turn === undefined) return;
    const asking = ask(parts, turn, stopping.signal)
      .then((outcome) => endTurn(store.db, turn, outcome))
      .then((since) => (since === null ? undefined : begin(seen, { because: "change", since })))
      .catch(report)
      .finally(() => askings.delete(asking));
    askings.add(asking);
  };
  const report = (error: unknown): void => onError(error instanceof Error ? error : new Error(String(error)));

  const unsubscribe = feed.onMessage((message) => {
    const run = endedRun(message);
    if (run === undefined) return;
    void changedBy(store, run)
      .then((change) => (change === undefined ? undefined : begin(change.seen, { because: "change", ...change })))
      .catch(report);
  });
  return {
    look: (seen, olderThan) =>
      begin(seen, olderThan === null ? { because: "request" } : { because: "look", olderThan }),
    stop: async () => {
      unsubscribe();
      stopping.abort();
      await Promise.all(askings);
    },
  };
}

function endedRun(message: FeedMessage): number | undefined {
  return message.type === "run" && ENDED_RUN_STATES.includes(message.state) ? message.run : undefined;
}

/** Whose fleet a run may have changed: it was one of Gantry's. */
async function changedBy(
  { db }: DefinitionStore,
  run: number,
): Promise<{ readonly seen: Seen; readonly since: Date } | undefined> {
  const row = await db
    .selectFrom("run")
    .innerJoin("request", "request.id", "run.request")
    .select(["request.environment", "run.config_centre as centre", "request.lines", "run.ended_at"])
    .where("run.id", "=", run)
    .executeTakeFirst();
  if (row === undefined || !row.lines.some(({ gantry }) => gantry)) return undefined;
  return { seen: { environment: row.environment, centre: row.centre }, since: row.ended_at ?? new Date() };
}

async function ask(
  { store, places }: FleetRefreshParts,
  { environment, centre }: Turn,
  signal: AbortSignal,
): Promise<Outcome> {
  const at = new Date().toISOString();
  const [row, centreRow] = await Promise.all([
    store.find("environment", environment),
    store.find("config_centre", centre),
  ]);
  if (row === undefined || centreRow === undefined) return "given-up";
  const { name } = row.data as unknown as Environment;
  const { gantry } = await places.at(centre);
  const answer = await gantry.fleet({ environment: name }, { signal });
  if (signal.aborted) return "given-up";
  if (!answer.ok) return { problem: { ...answer.failure, at } };
  const survey = answer.value;
  const projects = survey.projects.map((project) => project.name);
  const released = releasedBy(await latestRuns(store.db, { id: environment, name }, projects));
  return {
    milliseconds: survey.milliseconds,
    matrix: matrixOf(survey, released),
    versions: versionsByProject(survey),
  };
}

function matrixOf(survey: FleetSurvey, released: Released): FleetMatrix {
  return {
    groups: survey.groups,
    hosts: survey.hosts.map(({ name, address, failure, docker, milliseconds }) => ({
      name,
      address,
      failure,
      docker,
      milliseconds,
    })),
    projects: projectsOf(survey, released),
  };
}

function versionsByProject({ hosts }: FleetSurvey): VersionsByProject {
  const found = new Map<string, Map<string, SurveyedVersion[]>>();
  for (const { name, versions } of hosts) {
    for (const version of versions) {
      const byHost = found.get(version.project) ?? new Map<string, SurveyedVersion[]>();
      found.set(version.project, byHost.set(name, [...(byHost.get(name) ?? []), version]));
    }
  }
  return Object.fromEntries([...found].map(([project, byHost]) => [project, Object.fromEntries(byHost)]));
}
