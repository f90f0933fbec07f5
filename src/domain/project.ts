import type { DockerRunArgs } from "./docker-run.ts";
import type { FreezeWindow } from "./project-freeze.ts";
import type { Secret } from "./secret.ts";
import type { Serial } from "./serial.ts";

/** The order of stopping the old version and starting the new one. */
export const STRATEGIES = ["stop-first", "start-first"] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** After a host has failed: leave the hosts that are already updated as they are, or take them back too. */
export const FAILURE_POLICIES = ["halt", "revert"] as const;
export type FailurePolicy = (typeof FAILURE_POLICIES)[number];

/** How traffic is led away from an instance before it stops. */
export const DRAIN_METHODS = ["eureka", "http", "none"] as const;
type DrainMethod = (typeof DRAIN_METHODS)[number];

/** Where and under which name a project's instances register. */
export interface Eureka {
  readonly appName: string;
  /** One URL for each peer, without user and password, without a slash at the end. */
  readonly urls: readonly string[];
  /** Sign-in for those URLs that had user and password in them, by URL. */
  readonly logins: Readonly<Record<string, EurekaLogin>>;
  /** The form of the ids of its instances, with `{...}` in it; absent: found by token, names, address and port. */
  readonly instanceId?: string;
}

export interface EurekaLogin {
  readonly user: string;
  readonly password: Secret;
}

/** When a started version counts as healthy; durations are in milliseconds. */
export interface HealthCheck {
  /** `http://address:port/path`, asked from the target host; any status from 200 to 399 is healthy. */
  readonly http?: string;
  /** `address:port`, asked from the target host. */
  readonly tcp?: string;
  /** Whether the image's HEALTHCHECK, if there is one, must be healthy. */
  readonly docker: boolean;
  /** How long it must have been up where nothing else can be asked. */
  readonly settle: number;
  /** How long everything must stay healthy. */
  readonly bake: number;
}

export interface Drain {
  readonly method: DrainMethod;
  /** Milliseconds, or `auto`: as long as the caches on the way need. */
  readonly wait: number | "auto";
  /** For `auto`, milliseconds: how often clients fetch the registry, how long their load balancers keep a list, and what is added. */
  readonly clientFetch: number;
  readonly loadBalancer: number;
  readonly margin: number;
  /** For `auto`, milliseconds: how long requests in flight are waited for at most. */
  readonly inFlight: number;
  /** Path on the instance that is called to take it out of service (method `http`). */
  readonly deregister: string;
  /** Path on the instance that is called to let it shut down by itself before it is stopped. */
  readonly shutdown?: string;
}

/** Command lines for the control machine, each split into its words. */
export interface Hooks {
  readonly before: readonly (readonly string[])[];
  readonly after: readonly (readonly string[])[];
  readonly failed: readonly (readonly string[])[];
}

/** A project of one environment, checked, with every default filled in. Durations are in milliseconds. */
export interface Project {
  readonly name: string;
  readonly environment: string;
  /** The image is imageUrl + name + ":" + tag. */
  readonly imageUrl: string;
  /** Inventory pattern; the project's own name where the file says `none`. */
  readonly hosts: string;
  readonly runArgs: DockerRunArgs;
  /** What the container runs instead of the image's own command; empty = that one. */
  readonly runCommand: readonly string[];
  readonly eureka: Eureka | undefined;
  readonly strategy: Strategy;
  readonly serial: Serial;
  /** Failed hosts (that went back to the old version) a rollout may pass by; unreachable ones count apart. */
  readonly maxFailed: number;
  readonly maxUnreachable: number;
  readonly onFailure: FailurePolicy;
  /** Versions to keep on each host, the running one included. */
  readonly keep: number;
  /** Milliseconds between SIGTERM and SIGKILL; absent = the container's own. */
  readonly stopTimeout?: number;
  readonly healthCheck: HealthCheck;
  readonly drain: Drain;
  readonly hooks: Hooks;
  /** Absolute path on the target host, given to `docker run --env-file`. */
  readonly envFile?: string;
  /** Times in which nothing is released; empty = none. */
  readonly freeze: readonly FreezeWindow[];
}

/** One configuration file, checked: its projects in the order of the file. */
export interface Environment {
  readonly name: string;
  /** The file that it was read from. */
  readonly file: string;
  /** Absolute path of the folder for log files. */
  readonly logPath: string;
  /** `default`: no conf_pub file says where, so logs go to `<home>/logs`. */
  readonly logPathFrom: "conf_pub" | "default";
  readonly projects: ReadonlyMap<string, Project>;
}
