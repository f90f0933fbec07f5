import { parseDockerRunArg, type DockerRunArgs } from "../../domain/docker-run.ts";
import { parseDuration } from "../../domain/duration.ts";
import type { Drain, Eureka, HealthCheck, Hooks, Project } from "../../domain/project.ts";
import { parseFreezeTime, type FreezeWindow } from "../../domain/project-freeze.ts";
import type { Result } from "../../domain/result.ts";
import { ONE_BY_ONE, parseSerial } from "../../domain/serial.ts";
import { splitShellWords } from "../../domain/shell-words.ts";
import { eurekaAppName, readPeers } from "./eureka-urls.ts";
import { firstPublished, parseHttpProbe, parseTcpProbe, type ProbeAddress } from "./probe-address.ts";
import type { FreezeEntry, HookEntry, ProjectEntry, PublicEntry } from "./schema.ts";

/**
 * One project as the engine takes it: the project's own values, else those of `public`, else the defaults. Objects
 * (HealthCheck, Drain, Hooks) are merged key by key. The entries have passed every rule; what cannot be read throws.
 */
export function normaliseProject(environment: string, name: string, own: ProjectEntry, common: PublicEntry): Project {
  const runArgs = sure(parseDockerRunArg(own.DockerRunArg ?? ""));
  const eureka = normaliseEureka(own, common);
  const { DockerImageURL: imageUrl, ...settings } = { ...common, ...own };
  const { Strategy, Serial, MaxFailed, MaxUnreachable, OnFailure, Keep, StopTimeout, EnvFile, Freeze } = settings;
  const hosts = own.hosts?.trim() ?? "none";
  return {
    name,
    environment,
    imageUrl,
    hosts: hosts === "none" ? name : hosts,
    runArgs,
    runCommand: splitShellWords(own.DockerRunCmd ?? ""),
    eureka,
    strategy: Strategy ?? "stop-first",
    serial: Serial === undefined ? ONE_BY_ONE : sure(parseSerial(Serial)),
    maxFailed: MaxFailed ?? 0,
    maxUnreachable: MaxUnreachable ?? 0,
    onFailure: OnFailure ?? "halt",
    keep: Keep ?? 5,
    ...(StopTimeout === undefined ? {} : { stopTimeout: milliseconds(StopTimeout) }),
    healthCheck: normaliseHealthCheck({ ...common.HealthCheck, ...own.HealthCheck }, runArgs),
    drain: normaliseDrain({ ...common.Drain, ...own.Drain }, eureka),
    hooks: normaliseHooks({ ...common.Hooks, ...own.Hooks }),
    ...(EnvFile === undefined || EnvFile === "" ? {} : { envFile: EnvFile }),
    freeze: normaliseFreeze(Freeze ?? false),
  };
}

function normaliseEureka(own: ProjectEntry, common: PublicEntry): Eureka | undefined {
  const appName = eurekaAppName(own.AppSpringName);
  const peers = readPeers(common.EurekaUrl ?? "");
  const instanceId = own.EurekaInstanceId ?? common.EurekaInstanceId;
  if (appName === undefined || peers.urls.length === 0) return undefined;
  return { appName, ...peers, ...(instanceId === undefined ? {} : { instanceId }) };
}

function normaliseHealthCheck(
  entry: NonNullable<ProjectEntry["HealthCheck"]>,
  { publishedPorts }: DockerRunArgs,
): HealthCheck {
  const http = entry.http === undefined ? undefined : parseHttpProbe(entry.http);
  const tcp = entry.tcp === undefined ? undefined : parseTcpProbe(entry.tcp);
  const published = firstPublished(publishedPorts);
  return {
    ...(http === undefined ? {} : { http: `http://${hostAndPort(http, published)}${http.path}` }),
    ...(tcp === undefined ? {} : { tcp: hostAndPort(tcp, published) }),
    docker: entry.docker ?? true,
    settle: milliseconds(entry.settle ?? "1s"),
    bake: milliseconds(entry.bake ?? "0s"),
  };
}

function hostAndPort(
  { address, port }: ProbeAddress,
  published: { address: string; port: number } | undefined,
): string {
  if (port !== undefined) return `${address}:${port}`;
  if (published === undefined) throw new Error("a probe without a port has passed the rules");
  return `${published.address}:${published.port}`;
}

function normaliseDrain(entry: NonNullable<ProjectEntry["Drain"]>, eureka: Eureka | undefined): Drain {
  const byDefault = eureka === undefined ? "none" : "eureka";
  // `public` may say eureka for all; a project that is not there has nothing to drain.
  const method = entry.method === "eureka" ? byDefault : (entry.method ?? byDefault);
  return {
    method,
    wait: entry.wait === "auto" ? "auto" : milliseconds(entry.wait ?? "60s"),
    clientFetch: milliseconds(entry.clientFetch ?? "30s"),
    loadBalancer: milliseconds(entry.loadBalancer ?? "35s"),
    margin: milliseconds(entry.margin ?? "10s"),
    inFlight: milliseconds(entry.inFlight ?? "60s"),
    deregister: entry.deregister || "/health/deregister",
    ...(entry.shutdown === undefined || entry.shutdown === "" ? {} : { shutdown: entry.shutdown }),
  };
}

function normaliseHooks({ before, after, failed }: NonNullable<ProjectEntry["Hooks"]>): Hooks {
  return { before: commandLines(before), after: commandLines(after), failed: commandLines(failed) };
}

function commandLines(hook: HookEntry): readonly (readonly string[])[] {
  return [hook ?? []].flat().map(splitShellWords);
}

function normaliseFreeze(freeze: FreezeEntry): readonly FreezeWindow[] {
  if (freeze === false || freeze === "") return [];
  if (freeze === true) return [{ reason: "" }];
  if (typeof freeze === "string") return [{ reason: freeze }];
  return freeze.map(({ from, to, reason = "" }) => ({
    ...(from === undefined ? {} : { from: freezeTime(from, "from") }),
    ...(to === undefined ? {} : { to: freezeTime(to, "to") }),
    reason,
  }));
}

function freezeTime(text: string, edge: "from" | "to"): number {
  const time = parseFreezeTime(text, edge);
  if (time === undefined) throw new Error(`the time ${text} has passed the rules`);
  return time;
}

/** Durations in files are texts, or numbers of seconds. */
function milliseconds(duration: string | number): number {
  return sure(parseDuration(String(duration)));
}

/** The value of something that the rules have checked before. */
function sure<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`a value has passed the rules that cannot be read: ${JSON.stringify(result.failure)}`);
}
