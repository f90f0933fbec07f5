import { deployTokenOf, type Container, type ContainerDetail, type ContainerState } from "../../domain/container.ts";

/** The parts of Engine API answers that Gantry reads, in the shape that all of API 1.41 to 1.56 share. */
export interface WireContainer {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  readonly Created: number;
  readonly State: string;
  readonly Status: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

export interface WireDetail {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly RestartCount: number;
  readonly Config?: {
    readonly StopTimeout?: number | null;
    readonly Hostname?: string;
    readonly Env?: readonly string[] | null;
    readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  };
  readonly HostConfig?: {
    readonly NetworkMode?: string;
    readonly RestartPolicy?: { readonly Name?: string } | null;
  };
  /** The addresses at its top level are gone from API 1.52 on; those of each network stay. */
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<
      Record<string, { readonly IPAddress?: string; readonly GlobalIPv6Address?: string } | null>
    > | null;
    readonly Ports?: Readonly<Record<string, readonly { readonly HostPort?: string }[] | null>> | null;
  };
  readonly State: {
    readonly Status: string;
    readonly Pid?: number;
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    readonly Error: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: { readonly Status: string; readonly Log?: readonly { readonly Output?: string }[] | null };
  };
}

/** A container of the list, by its own name: links add further names that contain a slash. */
export function toContainer(wire: WireContainer): Container {
  const names = wire.Names.map((name) => name.replace(/^\//, ""));
  const health = /\((healthy|unhealthy)\)|\(health: (starting)\)/.exec(wire.Status);
  const status = health?.[1] ?? health?.[2];
  return {
    id: wire.Id,
    name: names.find((name) => !name.includes("/")) ?? names[0] ?? wire.Id,
    image: wire.Image,
    imageId: wire.ImageID,
    command: wire.Command,
    created: wire.Created,
    state: wire.State as ContainerState,
    status: wire.Status,
    labels: wire.Labels ?? {},
    ...(status === "healthy" || status === "unhealthy" || status === "starting" ? { health: status } : {}),
  };
}

export function toDetail(wire: WireDetail): ContainerDetail {
  const { State: state } = wire;
  const health = state.Health?.Status;
  return {
    id: wire.Id,
    name: wire.Name.replace(/^\//, ""),
    imageId: wire.Image,
    state: state.Status as ContainerState,
    exitCode: state.ExitCode,
    outOfMemory: state.OOMKilled,
    error: state.Error,
    restarts: wire.RestartCount,
    startedAt: state.StartedAt,
    finishedAt: state.FinishedAt,
    ...(health === "starting" || health === "healthy" || health === "unhealthy"
      ? { health: { status: health, lastOutput: state.Health?.Log?.at(-1)?.Output?.trim() ?? "" } }
      : {}),
    pid: state.Pid ?? 0,
    ...placeOf(wire),
  };
}

/** What a service registry may know the container by. */
function placeOf({ Config: config, HostConfig: hostConfig, NetworkSettings: network }: WireDetail) {
  const token = deployTokenOf(config?.Env ?? []);
  const restart = hostConfig?.RestartPolicy?.Name ?? "";
  const stopTimeout = config?.StopTimeout ?? undefined;
  const networks = Object.values(network?.Networks ?? {});
  return {
    hostname: config?.Hostname ?? "",
    hostNetwork: hostConfig?.NetworkMode === "host",
    addresses: networks.flatMap((each) => [each?.IPAddress ?? "", each?.GlobalIPv6Address ?? ""]).filter(Boolean),
    exposedPorts: Object.keys(config?.ExposedPorts ?? {}).flatMap(tcpPort),
    publishedPorts: Object.entries(network?.Ports ?? {}).flatMap(([port, bindings]) =>
      tcpPort(port).flatMap((container) =>
        [...new Set((bindings ?? []).map(({ HostPort }) => Number(HostPort)))].map((host) => ({ host, container })),
      ),
    ),
    restartsByItself: restart !== "" && restart !== "no",
    ...(token === undefined ? {} : { deployToken: token }),
    ...(stopTimeout === undefined ? {} : { stopTimeout }),
  };
}

/** `8080/tcp` */
function tcpPort(text: string): readonly number[] {
  const [port = "", protocol] = text.split("/");
  return protocol === "tcp" ? [Number(port)] : [];
}
