import type { Container, ContainerDetail, ContainerState } from "../../src/domain/container.ts";
import type { Host } from "../../src/domain/host.ts";
import { versionsOf } from "../../src/domain/version.ts";
import { attempt, FailureError, type Failure, type LockHolder, type Outcome } from "../../src/engine/errors.ts";
import type { Clock, Docker, Fleet, HookRunner, HostLock, Target, TcpConnection } from "../../src/engine/ports.ts";

import { FakeRegistry } from "./registry.ts";

/** How containers of an image behave once started. */
export type Behaviour = "runs" | "exits" | "restarts" | "unhealthy";

interface FakeContainer {
  readonly id: string;
  name: string;
  readonly image: string;
  readonly imageId: string;
  readonly labels: Readonly<Record<string, string>>;
  state: ContainerState;
  exitCode: number;
  restarts: number;
  behaviour: Behaviour;
}

/** Failures to answer with, by host and action (`open`, `pull`, `stop`, ...). */
export type Faults = Map<string, Failure>;

/** A fleet in memory: hosts with containers, an image registry and a clock that never really waits. */
export class FakeWorld implements Fleet {
  readonly clock: FakeClock = new FakeClock();
  readonly images = new Map<string, { digest: string; behaviour: Behaviour }>();
  readonly faults: Faults = new Map();
  readonly locks = new Map<string, LockHolder>();
  /** Everything that was done to hosts, in order: `lab1 stop demo1-…`. */
  readonly deeds: string[] = [];
  /** Exit codes of hooks by their first word; others succeed. */
  readonly hookCodes = new Map<string, number>();
  readonly hookRunner: HookRunner = {
    run: ([program = ""], variables) => {
      this.deeds.push(`hook ${program} ${variables["GANTRY_STATUS"]}`);
      return Promise.resolve({ exitCode: this.hookCodes.get(program) ?? 0, output: "" });
    },
  };
  /** Where what runs is registered, for requests that name a registry. */
  readonly registry: FakeRegistry = new FakeRegistry(this);
  /** What every host shows of the connections to its service. */
  connections: readonly TcpConnection[] = [];
  readonly #hosts = new Map<string, FakeContainer[]>();
  readonly #held = new Map<string, AbortController>();

  addHost(name: string): Host {
    this.#hosts.set(name, []);
    return { name, connection: "ssh", address: name, sshArgs: [] };
  }

  /** `10.0.0.<n>`, by the order in which hosts were added. */
  addressOf(host: string): string {
    return `10.0.0.${[...this.#hosts.keys()].indexOf(host) + 1}`;
  }

  addImage(reference: string, behaviour: Behaviour = "runs"): string {
    const digest = `sha256:${Buffer.from(reference).toString("hex").padEnd(64, "0").slice(0, 64)}`;
    this.images.set(reference, { digest, behaviour });
    return digest;
  }

  addContainer(host: string, name: string, more: Partial<FakeContainer> = {}): void {
    this.#on(host).push({
      id: `${host}-${name}`,
      name,
      image: "registry/demo1:v0",
      imageId: "id-v0",
      labels: {},
      state: "running",
      exitCode: 0,
      restarts: 0,
      behaviour: "runs",
      ...more,
    });
  }

  /** Changes a container from outside, as somebody else would. */
  set(host: string, name: string, change: Partial<FakeContainer>): void {
    Object.assign(this.#on(host).find((each) => each.name === name) ?? {}, change);
  }

  /** Takes a lock (`lab1 demo1`) away from its holder, as a lost connection does. */
  loseLock(key: string): void {
    this.locks.delete(key);
    this.#held.get(key)?.abort();
  }

  /** Names of the containers that run on a host. */
  running(host: string): readonly string[] {
    return this.#on(host)
      .filter(({ state }) => state === "running")
      .map(({ name }) => name);
  }

  names(host: string): readonly string[] {
    return this.#on(host).map(({ name }) => name);
  }

  open(host: Host): Promise<Outcome<Target>> {
    const fault = this.faults.get(`${host.name} open`);
    if (fault) return Promise.resolve({ ok: false, failure: fault });
    const docker = new FakeDocker(host.name, this, this.#on(host.name));
    const target: Target = {
      host,
      docker,
      lock: (project, holder) => this.#lock(host.name, project, holder),
      lockHolder: (project) => Promise.resolve({ ok: true, value: this.locks.get(`${host.name} ${project}`) }),
      openTcp: () =>
        Promise.resolve({
          ok: false,
          failure: { reason: "tcp-refused", host: host.name, address: "127.0.0.1", port: 80, detail: "refused" },
        }),
      identity: () =>
        Promise.resolve({ ok: true, value: { hostname: host.name, addresses: [this.addressOf(host.name)] } }),
      connections: () => Promise.resolve({ ok: true, value: this.connections }),
      close: () => Promise.resolve(),
    };
    return Promise.resolve({ ok: true, value: target });
  }

  #lock(host: string, project: string, holder: LockHolder): Promise<Outcome<HostLock>> {
    const key = `${host} ${project}`;
    const held = this.locks.get(key);
    if (held) return Promise.resolve({ ok: false, failure: { reason: "locked", host, project, holder: held } });
    this.locks.set(key, holder);
    const lost = new AbortController();
    this.#held.set(key, lost);
    const release = (): Promise<void> => Promise.resolve(void this.locks.delete(key));
    return Promise.resolve({ ok: true, value: { lost: lost.signal, release } });
  }

  #on(host: string): FakeContainer[] {
    const containers = this.#hosts.get(host);
    if (containers === undefined) throw new Error(`no fake host ${host}`);
    return containers;
  }
}

/** Time that passes only when somebody sleeps. */
export class FakeClock implements Clock {
  #now = Date.parse("2026-11-23T10:10:10Z");

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    return Promise.resolve();
  }
}

class FakeDocker implements Docker {
  readonly host: string;
  readonly #world: FakeWorld;
  readonly #containers: FakeContainer[];

  constructor(host: string, world: FakeWorld, containers: FakeContainer[]) {
    this.host = host;
    this.#world = world;
    this.#containers = containers;
  }

  version(): ReturnType<Docker["version"]> {
    return this.#answer("version", () => ({ engine: "28.0.0", api: "1.51", architecture: "amd64" }));
  }

  containers(project: string): ReturnType<Docker["containers"]> {
    return this.#answer("containers", () => versionsOf(project, this.#containers.map(toContainer)));
  }

  allContainers(): ReturnType<Docker["allContainers"]> {
    return this.#answer("containers", () => this.#containers.map(toContainer));
  }

  table(): Promise<Outcome<string>> {
    return this.#answer("table", () => this.#containers.map(({ name }) => name).join("\n"));
  }

  disk(): ReturnType<Docker["disk"]> {
    return this.#answer("disk", () => ({ folder: "/var/lib/docker", freeBytes: 1e12 }));
  }

  inspect(name: string): Promise<Outcome<ContainerDetail>> {
    return this.#answer("inspect", () => {
      const found = this.#find(name);
      // What a behaviour leads to shows at the first look after the start.
      if (found.state === "running" && found.behaviour === "exits")
        Object.assign(found, { state: "exited", exitCode: 3 });
      if (found.state === "running" && found.behaviour === "restarts")
        Object.assign(found, { state: "restarting", restarts: 2 });
      return toDetail(found);
    });
  }

  resolveDigest(image: string): Promise<Outcome<string>> {
    const known = this.#world.images.get(image);
    if (known === undefined)
      return Promise.resolve({ ok: false, failure: { reason: "image-missing", image, detail: "manifest unknown" } });
    return this.#answer("resolve", () => known.digest);
  }

  pull(...[image, , onProgress]: Parameters<Docker["pull"]>): ReturnType<Docker["pull"]> {
    return this.#answer("pull", () => {
      onProgress({ current: 5, total: 10 });
      this.#did(`pull ${image}`);
      return { pulled: true };
    });
  }

  pin(_image: string, digest: string): Promise<Outcome<string>> {
    return this.#answer("pin", () => `id-${digest}`);
  }

  run(name: string, argv: readonly string[]): Promise<Outcome<string>> {
    return this.#answer("run", () => {
      const image = argv.find((word) => this.#world.images.has(word)) ?? "";
      const { digest = "", behaviour = "runs" as const } = this.#world.images.get(image) ?? {};
      this.#did(`run ${name}`);
      this.#containers.push({
        id: `${this.host}-${name}`,
        name,
        image,
        imageId: `id-${digest}`,
        labels: { "gantry.run": "r1" },
        state: "running",
        exitCode: 0,
        restarts: 0,
        behaviour,
      });
      return name;
    });
  }

  start(name: string): Promise<Outcome<void>> {
    return this.#answer("start", () => {
      this.#did(`start ${name}`);
      Object.assign(this.#find(name), { state: "running", exitCode: 0, restarts: 0 });
    });
  }

  stop(name: string): Promise<Outcome<void>> {
    return this.#answer("stop", () => {
      this.#did(`stop ${name}`);
      Object.assign(this.#find(name), { state: "exited", exitCode: 143 });
    });
  }

  rename(name: string, to: string): Promise<Outcome<void>> {
    return this.#answer("rename", () => {
      this.#did(`rename ${name} ${to}`);
      this.#find(name).name = to;
    });
  }

  remove(name: string): Promise<Outcome<void>> {
    return this.#answer("remove", () => {
      this.#did(`remove ${name}`);
      this.#containers.splice(this.#containers.indexOf(this.#find(name)), 1);
    });
  }

  removeImage(): Promise<Outcome<void>> {
    return this.#answer("removeImage", () => {});
  }

  logs(): ReturnType<Docker["logs"]> {
    return this.#answer("logs", () => ["starting", "panic: no database"]);
  }

  close(): void {}

  #answer<T>(action: string, work: () => T): Promise<Outcome<T>> {
    const fault = this.#world.faults.get(`${this.host} ${action}`);
    return fault ? Promise.resolve({ ok: false, failure: fault }) : attempt(() => Promise.resolve(work()));
  }

  #did(deed: string): void {
    this.#world.deeds.push(`${this.host} ${deed}`);
  }

  #find(name: string): FakeContainer {
    const found = this.#containers.find((each) => each.name === name || each.id === name);
    if (found === undefined) {
      throw new FailureError({
        reason: "docker-error",
        host: this.host,
        action: "find",
        status: 404,
        detail: `No such container: ${name}`,
      });
    }
    return found;
  }
}

function toContainer(fake: FakeContainer): Container {
  const { id, name, image, imageId, labels, state } = fake;
  return { id, name, image, imageId, labels, state, command: "", created: 0, status: state };
}

function toDetail(fake: FakeContainer): ContainerDetail {
  const { id, name, imageId, state, exitCode, restarts, behaviour } = fake;
  return {
    id,
    name,
    imageId,
    state,
    exitCode,
    restarts,
    outOfMemory: false,
    error: "",
    startedAt: "2026-11-01T09:00:00Z",
    finishedAt: "",
    pid: 4711,
    hostname: id.slice(0, 12),
    hostNetwork: false,
    addresses: ["172.17.0.2"],
    exposedPorts: [8080],
    publishedPorts: [{ host: 8080, container: 8080 }],
    restartsByItself: false,
    ...(behaviour === "unhealthy" ? { health: { status: "unhealthy" as const, lastOutput: "no" } } : {}),
  };
}
