import type { Container, ContainerDetail } from "../domain/container.ts";
import { maskSecrets } from "../domain/docker-run.ts";
import type { Host } from "../domain/host.ts";
import type { Mode } from "../domain/mode.ts";
import type { Drain, FailurePolicy, HealthCheck, Hooks, Strategy } from "../domain/project.ts";
import { batchSizes, type Serial } from "../domain/serial.ts";
import { freeStamp, versionName, versionStamp } from "../domain/version.ts";
import type { Failure } from "./errors.ts";
import { planHost } from "./host-plan.ts";
import type { InstanceId, RegistryInstance } from "./ports.ts";

/** What was seen on a host before anything is decided. */
export interface HostFacts {
  readonly host: string;
  /** The project's containers, newest version first. */
  readonly versions: readonly Container[];
  /** More about those that do not run, by name; filled where a mode chooses among them. */
  readonly details: ReadonlyMap<string, ContainerDetail>;
  /** In the service registry, for modes that lead traffic away first. */
  readonly registered?: Registered;
}

/** What the service registry has of a host: the instance of what runs there, or a lease that a dead one has left. */
export type Registered = { readonly instance: RegistryInstance } | { readonly leftover: InstanceId };

/** The service registry in which a project's instances are; everything but where it is and how to sign in. */
export interface RegistrySettings {
  /** The application's name there. */
  readonly app: string;
  /** The form of the ids of its instances, where one is configured. */
  readonly instanceId?: string;
}

/** An image by name and by the digest that every host runs, whatever the tag says later. */
export interface PinnedImage {
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
  /** Where a started version must come UP; undefined: nowhere. */
  readonly registry: RegistrySettings | undefined;
  /** How traffic is led away before a version stops; undefined: not at all. */
  readonly drain: Drain | undefined;
  /** Seconds until a started version must be healthy. */
  readonly checkTime: number;
  /** Seconds of grace when stopping; undefined leaves it to the container. */
  readonly stopTimeout: number | undefined;
  /** Ports of the host that new versions are published on. */
  readonly publishedPorts: readonly number[];
  /** `repository:tag`; only for modes that release. */
  readonly image: string | undefined;
  /** Builds the argument vector of `docker run`; only for modes that release. */
  readonly runArgv: (version: string, digest: string, host: string) => readonly string[];
  /** The version that `rollback --to` names. */
  readonly to: string | undefined;
  readonly user: string;
  readonly machine: string;
  readonly startedAt: Date;
}

export type SkipReason = "nothing-running" | "not-registered";

interface StepBase {
  readonly number: number;
  readonly of: number;
  /** The original's words and number, for example `Step:3/4:Docker app stop.` */
  readonly title: string;
  readonly skip?: SkipReason;
}

export type Step = StepBase &
  (
    | { readonly kind: "find-instance"; readonly registered: Registered | undefined }
    | { readonly kind: "find"; readonly running: readonly string[] }
    | { readonly kind: "find-exited"; readonly version: string; readonly passedOver: readonly string[] }
    | { readonly kind: "pull"; readonly image: PinnedImage }
    /** Takes the instance out of service, or removes what a dead one has left in the registry. */
    | {
        readonly kind: "deregister";
        readonly container: string | undefined;
        readonly registered: Registered | undefined;
      }
    | { readonly kind: "wait"; readonly container: string | undefined; readonly instance: RegistryInstance | undefined }
    | {
        readonly kind: "stop";
        readonly containers: readonly string[];
        /** The new version, where it already runs when the old one stops. */
        readonly beside?: string;
        /** To be removed from the registry once its container has stopped. */
        readonly instance?: RegistryInstance;
      }
    | {
        readonly kind: "run";
        readonly version: string;
        readonly image: PinnedImage;
        readonly argv: readonly string[];
        /** What may run beside the new version when it starts. */
        readonly beside: readonly string[];
      }
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
  readonly registry: RegistrySettings | undefined;
  readonly drain: Drain | undefined;
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
    registry: request.registry,
    drain: request.drain,
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
  const serves = ({ versions, registered }: HostFacts): number => {
    if (registered !== undefined && (!("instance" in registered) || registered.instance.status !== "UP")) return 0;
    return versions.some((version) => version.state === "running" && version.health !== "unhealthy") ? 1 : 0;
  };
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
