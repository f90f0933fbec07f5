/** A container as the list shows it: one version of a project on a host. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly command: string;
  /** Unix seconds. */
  readonly created: number;
  readonly state: ContainerState;
  /** Docker's own words, for example `Up 3 minutes (healthy)`. */
  readonly status: string;
  readonly health?: "starting" | "healthy" | "unhealthy";
  readonly labels: Readonly<Record<string, string>>;
}

export type ContainerState = "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";

/** True for a container that holds its place (and ports) on the host, whether it serves at the moment or not. */
export function isUp({ state }: Pick<Container, "state">): boolean {
  return state === "running" || state === "paused" || state === "restarting";
}

/** The one of several versions that serves: the one to lead traffic away from, and to go back to. */
export function servingVersion(versions: readonly Container[]): Container | undefined {
  const up = versions.filter(isUp);
  return up.find(({ state, health }) => state === "running" && health !== "unhealthy") ?? up[0];
}

/** What `docker inspect` adds and the engine decides by. */
export interface ContainerDetail {
  readonly id: string;
  readonly name: string;
  readonly imageId: string;
  readonly state: ContainerState;
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  /** Docker's own error text when a start failed, else empty. */
  readonly error: string;
  readonly restarts: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly health?: { readonly status: "starting" | "healthy" | "unhealthy"; readonly lastOutput: string };
  /** Of its first process on the host; 0 when it does not run. */
  readonly pid: number;
  readonly hostname: string;
  readonly hostNetwork: boolean;
  /** Its own addresses; none with host networking. */
  readonly addresses: readonly string[];
  /** TCP ports that it exposes, and where on the host these are published. */
  readonly exposedPorts: readonly number[];
  readonly publishedPorts: readonly { readonly host: number; readonly container: number }[];
  /** `deployid` that a run of Gantry has given it for its registration. */
  readonly deployToken?: string;
  /** Docker starts it again when it ends by itself. */
  readonly restartsByItself: boolean;
  /** Seconds, where it sets its own. */
  readonly stopTimeout?: number;
}

/** The environment variable that Spring binds to the metadata `deployid` of an instance in Eureka. */
const DEPLOY_TOKEN_VARIABLE = "EUREKA_INSTANCE_METADATAMAP_DEPLOYID";
const DEPLOY_TOKEN_PREFIX = "gantry-";

/** Arguments of `docker run` that mark what a container registers as one run's on one host. */
export function deployTokenArgs(run: string, host: string): readonly string[] {
  return ["-e", `${DEPLOY_TOKEN_VARIABLE}=${DEPLOY_TOKEN_PREFIX}${run}-${host}`];
}

/** The token in a container's environment; one that a user sets for all hosts alike tells nothing. */
export function deployTokenOf(environment: readonly string[]): string | undefined {
  const prefix = `${DEPLOY_TOKEN_VARIABLE}=`;
  const value = environment.findLast((entry) => entry.startsWith(prefix))?.slice(prefix.length);
  return value?.startsWith(DEPLOY_TOKEN_PREFIX) ? value : undefined;
}
