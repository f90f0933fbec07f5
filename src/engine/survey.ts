import { isUp, type Container } from "../domain/container.ts";
import type { Host } from "../domain/host.ts";
import { fail } from "../domain/result.ts";
import { projectOfVersion } from "../domain/version.ts";
import { attempt, unwrap, type Failure, type Outcome } from "./errors.ts";
import type { DockerVersion, Fleet, Target } from "./ports.ts";

/** Hosts that are looked at at a time. */
const AT_ONCE = 32;
/** Inspections of one host at a time. */
const INSPECTIONS = 4;

/** One version of some project on a host. */
export interface SeenVersion {
  readonly project: string;
  /** A release has marked it as failed; it is kept to be looked at. */
  readonly failed: boolean;
  readonly container: Container;
  /** Of what is up: since when (ISO 8601). */
  readonly startedAt: string | undefined;
}

/** What there is on a host, or why that cannot be told. */
export interface HostSurvey {
  readonly host: Host;
  readonly seconds: number;
  readonly seen: Outcome<{ readonly docker: DockerVersion; readonly versions: readonly SeenVersion[] }>;
}

export interface SurveyOptions {
  /** Projects whose versions are asked for. */
  readonly projects: ReadonlySet<string>;
  /** Seconds for each host, from when its turn comes. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/**
 * Looks at many hosts, each over one connection, with nothing locked or changed: Docker's version, and all versions of
 * the projects. A host that does not answer in time is a failure of its own; the others do not wait for it.
 */
export async function surveyHosts(
  hosts: readonly Host[],
  fleet: Fleet,
  options: SurveyOptions,
): Promise<readonly HostSurvey[]> {
  return inTurns(hosts, AT_ONCE, async (host) => {
    const began = performance.now();
    const seen = await inTime(host.name, options, (signal) => look(host, fleet, options.projects, signal));
    return { host, seconds: (performance.now() - began) / 1000, seen };
  });
}

function look(host: Host, fleet: Fleet, projects: ReadonlySet<string>, signal: AbortSignal) {
  return attempt(async () => {
    const target = unwrap(await fleet.open(host, signal));
    try {
      const [docker, containers] = await Promise.all([target.docker.version(), target.docker.allContainers()]);
      const versions = unwrap(containers)
        .flatMap((container) => {
          const named = projectOfVersion(container.name);
          return named !== undefined && projects.has(named.project) ? [{ ...named, container }] : [];
        })
        .toSorted((a, b) => (a.container.name < b.container.name ? 1 : -1));
      const started = await startTimes(target, versions);
      return {
        docker: unwrap(docker),
        versions: versions.map((each) => ({ ...each, startedAt: started.get(each.container.name) })),
      };
    } finally {
      await target.close();
    }
  });
}

/** When what is up was started: a version that was gone back to is older than its start. */
async function startTimes(
  { docker }: Target,
  versions: readonly { readonly container: Container }[],
): Promise<ReadonlyMap<string, string>> {
  const started = new Map<string, string>();
  const up = versions.filter(({ container }) => isUp(container));
  await inTurns(up, INSPECTIONS, async ({ container }) => {
    const detail = await docker.inspect(container.name);
    // It may have been removed since it was listed.
    if (detail.ok) started.set(container.name, detail.value.startedAt);
  });
  return started;
}

async function inTime<T>(
  host: string,
  { deadline, signal }: SurveyOptions,
  work: (signal: AbortSignal) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const late = fail({ reason: "deadline", host, action: "look", seconds: deadline } as const);
  const over = AbortSignal.any([signal, AbortSignal.timeout(deadline * 1000)]);
  if (over.aborted) return late;
  const ended = new Promise<Outcome<T>>((resolve) =>
    over.addEventListener("abort", () => resolve(late), { once: true }),
  );
  const outcome = await Promise.race([work(over), ended]);
  return !outcome.ok && isAborted(outcome.failure) ? late : outcome;
}

function isAborted({ reason }: Failure): boolean {
  return reason === "aborted";
}

/** Does the work for all items, for so many at a time; answers in their order. */
async function inTurns<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const take = async (): Promise<void> => {
    for (const [at, item] of queue) results.set(at, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, take));
  return items.flatMap((_, at) => {
    const result = results.get(at);
    return result === undefined ? [] : [result];
  });
}
