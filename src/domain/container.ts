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
}
