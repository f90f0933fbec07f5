import { isUp, type ContainerDetail } from "../domain/container.ts";
import { releases, type Mode } from "../domain/mode.ts";
import { versionStamp } from "../domain/version.ts";
import type { Failure } from "./errors.ts";
import type { HostFacts, HostPlan, PinnedImage, Refusal, RunRequest, Step, StepKind } from "./plan.ts";

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
  const up = facts.versions.filter(isUp);
  const running = up.map((each) => each.name);
  // Of several, the one that serves is the one to go back to.
  const before = (up.find(({ state, health: docker }) => state === "running" && docker !== "unhealthy") ?? up[0])?.name;
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
      const findExited: Draft = { kind: "find-exited", title: "Get the last exited DockerAppId.", ...target };
      // It runs already: there is nothing to change.
      if (running.length === 1 && before === target.version) return done(before, [find, findExited]);
      return done(target.version, [
        find,
        findExited,
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
