import { parseImageReference } from "../../domain/image-reference.ts";
import { versionsOf } from "../../domain/version.ts";
import { attempt, FailureError, unwrap, type Outcome } from "../../engine/errors.ts";
import type { Connection, Docker, DockerVersion } from "../../engine/ports.ts";
import { engineFailure, imageFailure, messageOf, runFailure } from "./classify.ts";
import { EngineHttp, type EngineRequest } from "./engine-http.ts";
import { logLines } from "./log-frames.ts";
import { pullByDigest } from "./pull.ts";
import { toContainer, toDetail, type WireContainer, type WireDetail } from "./wire.ts";

/** The newest Engine API that this adapter was tried with (Docker 29). */
const NEWEST_API = "1.56";
const QUICK = 30;
const REGISTRY = 60;
/** Docker's grace between SIGTERM and SIGKILL where a container sets none. */
const DEFAULT_GRACE = 10;
const LONGEST_GRACE = 3600;

/**
 * Looks up an `X-Registry-Auth` header for a registry; undefined means "none known". Tried in order, the next one only
 * after the registry has refused the one before.
 */
export type CredentialSource = (registry: string) => Promise<Outcome<string | undefined>>;

/** The lower of two API versions. */
function negotiateApi(offered: string): string {
  const [major = 1, minor = 0] = offered.split(".").map(Number);
  const [newestMajor = 1, newestMinor = 0] = NEWEST_API.split(".").map(Number);
  return major < newestMajor || (major === newestMajor && minor < newestMinor) ? offered : NEWEST_API;
}

/**
 * Opens the Docker engine of a connected host and agrees on an API version with it.
 * Fails with docker-missing, docker-denied, docker-down, connection-lost or deadline.
 */
export function connectDocker(
  connection: Connection,
  credentials: readonly CredentialSource[],
): Promise<Outcome<Docker>> {
  return attempt(async () => {
    const host = connection.host.name;
    const http = new EngineHttp(host, () => connection.openDockerSocket());
    const ping = await http.call("GET", "/_ping", { action: "docker ping", deadline: QUICK });
    const api = ping.headers["api-version"];
    if (ping.status !== 200 || typeof api !== "string") {
      throw new FailureError({
        reason: "docker-down",
        host,
        detail: messageOf(ping) || `ping answered ${ping.status}`,
      });
    }
    const agreed = negotiateApi(api);
    http.useApi(agreed);
    return new EngineDocker(connection, http, agreed, credentials);
  });
}

class EngineDocker implements Docker {
  readonly host: string;
  readonly #connection: Connection;
  readonly #http: EngineHttp;
  readonly #api: string;
  readonly #credentials: readonly CredentialSource[];

  constructor(connection: Connection, http: EngineHttp, api: string, credentials: readonly CredentialSource[]) {
    this.host = connection.host.name;
    this.#connection = connection;
    this.#http = http;
    this.#api = api;
    this.#credentials = credentials;
  }

  version(): Promise<Outcome<DockerVersion>> {
    return attempt(async () => {
      const body = await this.#json<{ Version: string; Arch: string }>("GET", "/version", {
        action: "docker version",
        deadline: QUICK,
      });
      return { engine: body.Version, api: this.#api, architecture: body.Arch };
    });
  }

  containers(project: string): ReturnType<Docker["containers"]> {
    return attempt(async () => {
      const filters = JSON.stringify({ name: [`${project.replaceAll(/[.\\+*?[\]^$(){}|]/g, "\\$&")}-`] });
      const list = await this.#json<readonly WireContainer[]>("GET", "/containers/json", {
        action: "docker ps",
        query: { all: true, filters },
        deadline: QUICK,
      });
      return versionsOf(project, list.map(toContainer));
    });
  }

  allContainers(): ReturnType<Docker["allContainers"]> {
    return attempt(async () => {
      const list = await this.#json<readonly WireContainer[]>("GET", "/containers/json", {
        action: "docker ps",
        query: { all: true },
        deadline: QUICK,
      });
      return list.map(toContainer);
    });
  }

  table(project: string): Promise<Outcome<string>> {
    return attempt(async () => {
      const name = `^/?${project.replaceAll(/[.\\+*?[\]^$(){}|]/g, "\\$&")}-[0-9]{8}\\.[0-9]{6}$`;
      const argv = ["docker", "ps", "-a", "--filter", `name=${name}`];
      const result = unwrap(await this.#connection.exec(argv, { action: "docker ps", deadline: QUICK }));
      if (result.exitCode !== 0) throw new FailureError(runFailure(this.host, project, result.exitCode, result.stderr));
      return result.stdout.trimEnd();
    });
  }

  disk(): ReturnType<Docker["disk"]> {
    return attempt(async () => {
      const info = await this.#json<{ DockerRootDir: string }>("GET", "/info", {
        action: "docker info",
        deadline: QUICK,
      });
      const folder = info.DockerRootDir;
      // POSIX df: one line a file system, sizes in units of 1024 bytes, the fourth field is what is free.
      const df = unwrap(await this.#connection.exec(["df", "-Pk", folder], { action: "df", deadline: QUICK }));
      const free = Number(df.stdout.trim().split("\n").at(-1)?.split(/\s+/)[3]);
      if (df.exitCode !== 0 || !Number.isFinite(free)) {
        throw new FailureError({
          reason: "docker-error",
          host: this.host,
          action: "df",
          status: df.exitCode,
          detail: df.stderr.trim(),
        });
      }
      return { folder, freeBytes: free * 1024 };
    });
  }

  inspect(container: string): ReturnType<Docker["inspect"]> {
    return attempt(async () => toDetail(await this.#inspect(container)));
  }

  resolveDigest(image: string, signal: AbortSignal): Promise<Outcome<string>> {
    const pinned = parseImageReference(image).digest;
    if (pinned !== undefined) return Promise.resolve({ ok: true, value: pinned });
    return this.#withCredentials(image, (auth) =>
      attempt(async () => {
        const answer = await this.#http.call("GET", `/distribution/${image}/json`, {
          action: "resolve digest",
          deadline: REGISTRY,
          headers: auth,
          signal,
        });
        if (answer.status !== 200)
          throw new FailureError(this.#imageFailure(image, "resolve digest", answer.status, messageOf(answer)));
        const body = JSON.parse(answer.body.toString("utf8")) as { Descriptor: { digest: string } };
        return body.Descriptor.digest;
      }),
    );
  }

  pull(...[image, digest, onProgress, signal]: Parameters<Docker["pull"]>): ReturnType<Docker["pull"]> {
    return this.#withCredentials(image, (auth) =>
      attempt(async () => {
        const { repository } = parseImageReference(image);
        const present = (await this.#imageId(`${repository}@${digest}`)) !== undefined;
        if (!present) {
          const pulling = await attempt(() =>
            pullByDigest(this.#http, { repository, digest, auth, onProgress, signal }),
          );
          if (signal.aborted) throw new FailureError({ reason: "aborted", host: this.host });
          const failed = unwrap(pulling);
          if (failed) throw new FailureError(this.#imageFailure(image, "docker pull", failed.status, failed.detail));
        }
        unwrap(await this.pin(image, digest));
        return { pulled: !present };
      }),
    );
  }

  pin(image: string, digest: string): Promise<Outcome<string>> {
    return attempt(async () => {
      const { repository, tag } = parseImageReference(image);
      const pinned = `${repository}@${digest}`;
      const imageId = await this.#imageId(pinned);
      if (imageId === undefined)
        throw new FailureError(
          engineFailure(this.host, "docker tag", 404, `${pinned} was removed from the host after the pull`),
        );
      if (tag !== undefined) {
        await this.#expect([201], "POST", `/images/${pinned}/tag`, {
          action: "docker tag",
          query: { repo: repository, tag },
          deadline: QUICK,
        });
      }
      return imageId;
    });
  }

  run(name: string, argv: readonly string[], deadline: number): Promise<Outcome<string>> {
    return attempt(async () => {
      const result = unwrap(await this.#connection.exec(argv, { action: "docker run", deadline }));
      if (result.exitCode !== 0) throw new FailureError(runFailure(this.host, name, result.exitCode, result.stderr));
      return result.stdout.trim().split("\n").at(-1) ?? "";
    });
  }

  start(container: string): Promise<Outcome<void>> {
    return attempt(async () => {
      const answer = await this.#http.call("POST", `/containers/${container}/start`, {
        action: "docker start",
        deadline: 60,
      });
      if (answer.status !== 204 && answer.status !== 304) {
        const failure = runFailure(this.host, container, answer.status, messageOf(answer));
        throw new FailureError(
          failure.reason === "run-refused"
            ? engineFailure(this.host, "docker start", answer.status, failure.detail)
            : failure,
        );
      }
    });
  }

  stop(container: string, graceSeconds: number | undefined): Promise<Outcome<void>> {
    return attempt(async () => {
      const configured = (await this.#inspect(container)).Config?.StopTimeout ?? DEFAULT_GRACE;
      // A negative timeout waits for the container without end; here nothing waits longer than an hour.
      const own = configured < 0 ? LONGEST_GRACE : configured;
      await this.#expect([204, 304], "POST", `/containers/${container}/stop`, {
        action: "docker stop",
        query: { t: graceSeconds },
        deadline: (graceSeconds ?? own) + QUICK,
      });
    });
  }

  rename(container: string, name: string): Promise<Outcome<void>> {
    return attempt(() =>
      this.#expect([204], "POST", `/containers/${container}/rename`, {
        action: "docker rename",
        query: { name },
        deadline: QUICK,
      }),
    );
  }

  remove(container: string): Promise<Outcome<void>> {
    return attempt(() =>
      this.#expect([204, 404], "DELETE", `/containers/${container}`, { action: "docker rm", deadline: 60 }),
    );
  }

  removeImage(imageId: string): Promise<Outcome<void>> {
    // 409: another container or tag still uses it; 404: already gone. Both leave things as they should be.
    return attempt(() =>
      this.#expect([200, 404, 409], "DELETE", `/images/${imageId}`, { action: "docker rmi", deadline: 60 }),
    );
  }

  logs(container: string, lines: number): Promise<Outcome<readonly string[]>> {
    return attempt(async () => {
      const answer = await this.#http.call("GET", `/containers/${container}/logs`, {
        action: "docker logs",
        query: { stdout: true, stderr: true, tail: lines },
        deadline: QUICK,
      });
      // Some log drivers cannot be read back; the log is an extra, not a reason to fail.
      return answer.status === 200 ? logLines(answer.body) : [];
    });
  }

  close(): void {
    this.#http.close();
  }

  async #imageId(reference: string): Promise<string | undefined> {
    const answer = await this.#http.call("GET", `/images/${reference}/json`, {
      action: "docker image inspect",
      deadline: QUICK,
    });
    if (answer.status === 404) return undefined;
    if (answer.status !== 200)
      throw new FailureError(engineFailure(this.host, "docker image inspect", answer.status, messageOf(answer)));
    return (JSON.parse(answer.body.toString("utf8")) as { Id: string }).Id;
  }

  #inspect(container: string): Promise<WireDetail> {
    return this.#json<WireDetail>("GET", `/containers/${container}/json`, {
      action: "docker inspect",
      deadline: QUICK,
    });
  }

  async #json<T>(method: string, path: string, request: EngineRequest): Promise<T> {
    const answer = await this.#http.call(method, path, request);
    if (answer.status !== 200)
      throw new FailureError(engineFailure(this.host, request.action, answer.status, messageOf(answer)));
    return JSON.parse(answer.body.toString("utf8")) as T;
  }

  async #expect(statuses: readonly number[], method: string, path: string, request: EngineRequest): Promise<void> {
    const answer = await this.#http.call(method, path, request);
    if (!statuses.includes(answer.status)) {
      throw new FailureError(engineFailure(this.host, request.action, answer.status, messageOf(answer)));
    }
  }

  /** Tries `work` with each known credential, going on only after the registry has refused the one before. */
  async #withCredentials<T>(
    image: string,
    work: (auth: Record<string, string>) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const { registry } = parseImageReference(image);
    let refused: Outcome<T> | undefined;
    let broken: Outcome<T> | undefined;
    for (const source of this.#credentials) {
      const header = await source(registry);
      if (!header.ok) {
        // A broken login on one machine must not keep a good one on the other from being tried.
        broken ??= header;
        continue;
      }
      if (refused !== undefined && header.value === undefined) continue;
      const outcome = await work(header.value === undefined ? {} : { "x-registry-auth": header.value });
      if (outcome.ok || outcome.failure.reason !== "registry-login") return outcome;
      refused = outcome;
    }
    return broken ?? refused ?? work({});
  }

  #imageFailure(image: string, action: string, status: number, detail: string): ReturnType<typeof imageFailure> {
    return imageFailure(this.host, image, parseImageReference(image).registry, action, status, detail);
  }
}
