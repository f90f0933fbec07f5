import type { Container, ContainerDetail } from "../domain/container.ts";
import { maskSecrets } from "../domain/docker-run.ts";
import type { Host } from "../domain/host.ts";
import { releases, type Mode } from "../domain/mode.ts";
import type { FailurePolicy, HealthCheck, Hooks, Strategy } from "../domain/project.ts";
import { batchSizes, type Serial } from "../domain/serial.ts";
import { freeStamp, versionName, versionStamp } from "../domain/version.ts";
import type { Failure } from "./errors.ts";

/** What was seen on a host before anything is decided. */
export interface HostFacts {
  readonly host: string;
  /** The project's containers, newest version first. */
  readonly versions: readonly Container[];
  /** More about those that do not run, by name; filled where a mode chooses among them. */
  readonly details: ReadonlyMap<string, ContainerDetail>;
}

/** An image by name and by the digest that every host runs, whatever the tag says later. */
interface PinnedImage {
  readonly reference: string;
  readonly digest: string;
}

/** What somebody asked for, with the project's configuration: everything a plan is made from besides facts. */
export interface RunRequest {
  readonly run: string;
  readonly mode: Mode;
  readonly environment: string;
  readonly project: string;
  readonly hosts: readonly Host[];
  readonly serial: Serial;
  readonly strategy: Strategy;
  readonly onFailure: FailurePolicy;
  readonly maxFailed: number;
  readonly maxUnreachable: number;
  /** Allows to take out the last instance that serves. */
  readonly force: boolean;
  /** Versions to keep on each host. */
  readonly keep: number;
  readonly hooks: Hooks;
  readonly healthCheck: HealthCheck;
  /** Seconds until a started version must be healthy. */
  readonly checkTime: number;
  /** Seconds of grace when stopping; undefined leaves it to the container. */
  readonly stopTimeout: number | undefined;
  /** `repository:tag`; only for modes that release. */
  readonly image: string | undefined;
  /** Builds the argument vector of `docker run`; only for modes that release. */
  readonly runArgv: (version: string, digest: string) => readonly string[];
  /** The version that `rollback --to` names. */
  readonly to: string | undefined;
  readonly user: string;
  readonly machine: string;
  readonly startedAt: Date;
}

export type SkipReason = "nothing-running";

interface StepBase {
  readonly number: number;
  readonly of: number;
  /** The original's words and number, for example `Step:3/4:Docker app stop.` */
  readonly title: string;
  readonly skip?: SkipReason;
}

export type Step = StepBase &
  (
    | { readonly kind: "find"; readonly running: readonly string[] }
    | { readonly kind: "find-exited"; readonly version: string; readonly passedOver: readonly string[] }
    | { readonly kind: "pull"; readonly image: PinnedImage }
    /** `beside`: the new version, where it already runs when the old one stops. */
    | { readonly kind: "stop"; readonly containers: readonly string[]; readonly beside?: string }
    | { readonly kind: "run"; readonly version: string; readonly image: PinnedImage; readonly argv: readonly string[] }
    | { readonly kind: "start"; readonly version: string }
    | { readonly kind: "health"; readonly version: string }
    | { readonly kind: "list" }
  );

export type StepKind = Step["kind"];

export interface HostPlan {
  readonly host: string;
  /** What runs there now, and what will when all goes well; undefined means nothing. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Looks and downloads, on all hosts at once before the first batch. */
  readonly prepare: readonly Step[];
  /** What changes the host, batch by batch. */
  readonly roll: readonly Step[];
}

/** Everything that a run will do, as data. */
export interface Plan {
  readonly schema: 1;
  readonly run: string;
  readonly mode: Mode;
  readonly environment: string;
  readonly project: string;
  readonly image: PinnedImage | undefined;
  readonly hosts: readonly HostPlan[];
  /** Host names, batch by batch. */
  readonly batches: readonly (readonly string[])[];
  readonly onFailure: FailurePolicy;
  readonly maxFailed: number;
  readonly force: boolean;
  readonly keep: number;
  readonly healthCheck: HealthCheck;
  readonly checkTime: number;
  readonly stopTimeout: number | undefined;
}

/** Why a host offers nothing to act on. */
export interface Refusal {
  readonly host: string;
  readonly failure: Failure;
}

/** Makes the plan from the request and the facts of all hosts; refuses where a host offers nothing to act on. Pure. */
export function makePlan(
  request: RunRequest,
  facts: readonly HostFacts[],
  digest: string | undefined,
): Plan | readonly Refusal[] {
  const image = request.image !== undefined && digest !== undefined ? { reference: request.image, digest } : undefined;
  const stamp = freeStamp(request.startedAt, takenStamps(request.project, facts));
  const planned = facts.map((each) => planHost(request, each, image, versionName(request.project, stamp)));
  const refused = planned.filter((each) => "failure" in each);
  if (refused.length > 0) return refused;
  const hosts = planned.filter((each) => "prepare" in each);
  return {
    schema: 1,
    run: request.run,
    mode: request.mode,
    environment: request.environment,
    project: request.project,
    image,
    hosts,
    batches: batch(inOrderOfNeed(facts), batchSizes(request.serial, facts.length)),
    onFailure: request.onFailure,
    maxFailed: request.maxFailed,
    force: request.force,
    keep: request.keep,
    healthCheck: request.healthCheck,
    checkTime: request.checkTime,
    stopTimeout: request.stopTimeout,
  };
}

/** The plan as it may be shown and kept: values of variables that look secret are hidden. */
export function withoutSecrets(plan: Plan): Plan {
  const mask = (step: Step): Step => (step.kind === "run" ? { ...step, argv: maskSecrets(step.argv) } : step);
  return { ...plan, hosts: plan.hosts.map((host) => ({ ...host, roll: host.roll.map(mask) })) };
}

/** Hosts that serve nothing go first: a failure there costs nobody anything. Otherwise the inventory's order. */
function inOrderOfNeed(facts: readonly HostFacts[]): readonly string[] {
  const serves = (each: HostFacts): number =>
    each.versions.some((version) => version.state === "running" && version.health !== "unhealthy") ? 1 : 0;
  return facts.toSorted((a, b) => serves(a) - serves(b)).map((each) => each.host);
}

function batch(hosts: readonly string[], sizes: readonly number[]): readonly (readonly string[])[] {
  let from = 0;
  return sizes.map((size) => hosts.slice(from, (from += size)));
}

function takenStamps(project: string, facts: readonly HostFacts[]): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const { versions } of facts) {
    for (const { name } of versions) {
      const stamp = versionStamp(project, name);
      if (stamp !== undefined) taken.add(stamp);
    }
  }
  return taken;
}

type Draft = Step extends infer S ? (S extends Step ? Omit<S, "number" | "of"> : never) : never;

function planHost(
  request: RunRequest,
  facts: HostFacts,
  image: PinnedImage | undefined,
  fresh: string,
): HostPlan | Refusal {
  const { host } = facts;
  const running = facts.versions.filter(isUp).map((each) => each.name);
  const before = running[0];
  const find: Draft = { kind: "find", title: "Get the DockerAppId which is running.", running };
  const stop: Draft = {
    kind: "stop",
    title: "Docker app stop.",
    containers: running,
    ...(running.length === 0 ? { skip: "nothing-running" as const } : {}),
  };
  const done = (after: string | undefined, drafts: readonly Draft[]): HostPlan => ({
    host,
    before,
    after,
    ...numbered(request.mode, drafts),
  });
  const health = (version: string): readonly Draft[] =>
    hasProbe(request) ? [{ kind: "health", title: "LoopHealthCheck until successful.", version }] : [];

  if (releases(request.mode)) {
    if (image === undefined) throw new Error(`${request.mode} without an image`);
    const argv = request.runArgv(fresh, image.digest);
    const pull: Draft = { kind: "pull", title: "Download docker image.", image };
    const start: readonly Draft[] = [
      { kind: "run", title: "Docker app run.", version: fresh, image, argv },
      ...health(fresh),
    ];
    return request.strategy === "start-first"
      ? done(fresh, [find, pull, ...start, { ...stop, beside: fresh }])
      : done(fresh, [find, pull, stop, ...start]);
  }
  switch (request.mode) {
    case "restart":
    case "restart_soft": {
      const version = before ?? facts.versions[0]?.name;
      if (version === undefined) return { host, failure: { reason: "no-version", host, project: request.project } };
      return done(version, [find, stop, { kind: "start", title: "Docker app start.", version }, ...health(version)]);
    }
    case "rollback": {
      const target = rollbackTarget(request, facts);
      if ("reason" in target) return { host, failure: target };
      return done(target.version, [
        find,
        { kind: "find-exited", title: "Get the last exited DockerAppId.", ...target },
        stop,
        { kind: "start", title: "Docker app start.", version: target.version },
        ...health(target.version),
      ]);
    }
    case "stop_soft":
      return done(undefined, [find, { ...stop, title: "Docker stop app." }]);
    case "inquiry":
      return done(before, [{ kind: "list", title: "List all versions." }]);
    default:
      throw new Error(`no plan for mode ${request.mode}`);
  }
}

function hasProbe(request: RunRequest): boolean {
  const { http, tcp, bake } = request.healthCheck;
  return http !== undefined || tcp !== undefined || bake > 0 || request.mode === "update_hard_check";
}

function isUp(container: Container): boolean {
  return container.state === "running" || container.state === "paused" || container.state === "restarting";
}

/** The container that a rollback starts: the named version, else the newest that does not run. */
function rollbackTarget(
  request: RunRequest,
  facts: HostFacts,
): { version: string; passedOver: readonly string[] } | Failure {
  const { host } = facts;
  if (request.to !== undefined) {
    const to = facts.versions.find(
      (each) => each.name === request.to || versionStamp(request.project, each.name) === request.to,
    );
    if (to === undefined) {
      return { reason: "version-unknown", host, version: request.to, kept: facts.versions.map((each) => each.name) };
    }
    return { version: to.name, passedOver: [] };
  }
  const somethingRuns = facts.versions.some(isUp);
  const passedOver: string[] = [];
  for (const { name, state } of facts.versions) {
    if (state !== "exited" && state !== "dead") continue;
    const detail = facts.details.get(name);
    if (!somethingRuns && detail !== undefined && diedByItself(detail)) passedOver.push(name);
    else return { version: name, passedOver };
  }
  return { reason: "no-older-version", host, project: request.project, passedOver };
}

/** Codes of an orderly stop: 0, SIGKILL (137) and SIGTERM (143). Everything else, and out of memory, is a death. */
function diedByItself(detail: ContainerDetail): boolean {
  return detail.outOfMemory || ![0, 137, 143].includes(detail.exitCode);
}

const PREPARED: ReadonlySet<StepKind> = new Set<StepKind>(["find", "find-exited", "pull", "list"]);

/** Numbers the steps as the original did (`Step:2/4:…`) and parts looking from changing. */
function numbered(mode: Mode, drafts: readonly Draft[]): Pick<HostPlan, "prepare" | "roll"> {
  const of = drafts.length;
  const steps = drafts.map((draft, index): Step => {
    const title = mode === "inquiry" ? draft.title : `Step:${index + 1}/${of}:${draft.title}`;
    return { ...draft, title, number: index + 1, of };
  });
  return {
    prepare: steps.filter((step) => PREPARED.has(step.kind)),
    roll: steps.filter((step) => !PREPARED.has(step.kind)),
  };
}
