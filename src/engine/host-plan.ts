import { isUp, servingVersion, type Container, type ContainerDetail } from "../domain/container.ts";
import { releases, type Mode } from "../domain/mode.ts";
import { versionStamp } from "../domain/version.ts";
import type { Failure } from "./errors.ts";
import type { RegistryInstance } from "./ports.ts";
import type { HostFacts, HostPlan, PinnedImage, Refusal, RunRequest, SkipReason, Step, StepKind } from "./plan.ts";

/** A step before it has its number. */
type Draft = Step extends infer S ? (S extends Step ? Omit<S, "number" | "of"> : never) : never;

/** What to do on one host: the steps of the mode, by what was seen there. `fresh` is the name of a new version. Pure. */
export function planHost(
  request: RunRequest,
  facts: HostFacts,
  image: PinnedImage | undefined,
  fresh: string,
): HostPlan | Refusal {
  const { host } = facts;
  const running = facts.versions.filter(isUp).map((each) => each.name);
  const serving = servingVersion(facts.versions);
  const before = serving?.name;
  const find: Draft = { kind: "find", title: "Get the DockerAppId which is running.", running };
  const idle: { skip?: SkipReason } = running.length === 0 ? { skip: "nothing-running" } : {};
  const { findInstance, removeFirst, leadAway, instance } = graceful(request, facts, serving);
  const stop: Draft = {
    kind: "stop",
    title: "Docker app stop.",
    containers: running,
    ...(instance === undefined ? {} : { instance }),
    ...idle,
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
    const argv = request.runArgv(fresh, image.digest, host);
    const pull: Draft = { kind: "pull", title: "Download docker image.", image };
    const start: readonly Draft[] = [
      {
        kind: "run",
        title: "Docker app run.",
        version: fresh,
        image,
        argv,
        beside: request.strategy === "start-first" ? running : [],
      },
      ...health(fresh),
    ];
    return request.strategy === "start-first"
      ? done(fresh, [...findInstance, find, pull, ...removeFirst, ...start, ...leadAway, { ...stop, beside: fresh }])
      : done(fresh, [...findInstance, find, pull, ...leadAway, stop, ...start]);
  }
  switch (request.mode) {
    case "restart":
    case "restart_soft": {
      const version = before ?? facts.versions[0]?.name;
      if (version === undefined) return { host, failure: { reason: "no-version", host, project: request.project } };
      return done(version, [
        ...findInstance,
        find,
        ...leadAway,
        stop,
        { kind: "start", title: "Docker app start.", version },
        ...health(version),
      ]);
    }
    case "rollback": {
      const target = rollbackTarget(request, facts);
      if ("reason" in target) return { host, failure: target };
      const findExited: Draft = { kind: "find-exited", title: "Get the last exited DockerAppId.", ...target };
      // It runs already: there is nothing to change.
      if (running.length === 1 && before === target.version) return done(before, [...findInstance, find, findExited]);
      return done(target.version, [
        ...findInstance,
        find,
        findExited,
        ...leadAway,
        stop,
        { kind: "start", title: "Docker app start.", version: target.version },
        ...health(target.version),
      ]);
    }
    case "stop_soft":
      return done(undefined, [...findInstance, find, ...leadAway, { ...stop, title: "Docker stop app." }]);
    case "inquiry":
      return done(before, [{ kind: "list", title: "List all versions." }]);
    default:
      throw new Error(`no plan for mode ${request.mode}`);
  }
}

interface Graceful {
  readonly findInstance: readonly Draft[];
  /** Before the new version starts, where it starts beside the old one. */
  readonly removeFirst: readonly Draft[];
  /** Before the old version stops. */
  readonly leadAway: readonly Draft[];
  readonly instance: RegistryInstance | undefined;
}

/** The steps that lead traffic away from what runs: none where the project or the mode does not ask for it. */
function graceful(
  { drain, registry, strategy, mode }: RunRequest,
  { registered }: HostFacts,
  before: Container | undefined,
): Graceful {
  if (drain === undefined) return { findInstance: [], removeFirst: [], leadAway: [], instance: undefined };
  const leftover = registered !== undefined && "leftover" in registered;
  const instance = registered !== undefined && "instance" in registered ? registered.instance : undefined;
  const container = before?.name;
  const serves = registry === undefined ? before?.state === "running" : instance !== undefined;
  const skip: { skip?: SkipReason } = serves
    ? {}
    : { skip: before === undefined ? "nothing-running" : "not-registered" };
  const findInstance: Draft = {
    kind: "find-instance",
    title: "Get the AppInstance ID(e.host:port) from eureka.",
    registered,
    ...(leftover ? {} : skip),
  };
  const deregister: Draft = {
    kind: "deregister",
    title: "Deregister service.",
    container,
    registered,
    ...(leftover ? {} : skip),
  };
  const wait: Draft = {
    kind: "wait",
    title: "Security wait times for eureka server&client cache refresh.",
    container,
    instance,
    ...skip,
  };
  const removesFirst = leftover && strategy === "start-first" && releases(mode);
  return {
    findInstance: registry === undefined ? [] : [findInstance],
    removeFirst: removesFirst ? [deregister] : [],
    leadAway: removesFirst ? [wait] : [deregister, wait],
    instance,
  };
}

function hasProbe({ healthCheck, registry, mode }: RunRequest): boolean {
  const { http, tcp, bake } = healthCheck;
  if (mode === "update_hard_check" || http !== undefined || tcp !== undefined || bake > 0) return true;
  return registry !== undefined;
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
    // Docker does not start a dead container again.
    if (state !== "exited") continue;
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

const PREPARED: ReadonlySet<StepKind> = new Set<StepKind>(["find-instance", "find", "find-exited", "pull", "list"]);

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
