import type { Host } from "../domain/host.ts";
import { isUp, servingVersion, type Container, type ContainerDetail } from "../domain/container.ts";
import { releases } from "../domain/mode.ts";
import { attempt, isUnreachable, unwrap, type Failure, type LockHolder, type Outcome } from "./errors.ts";
import type { Emit } from "./events.ts";
import { findLeftover, findRegistered } from "./instances.ts";
import type { HostFacts, Registered, RunRequest } from "./plan.ts";
import type { Clock, Fleet, HostLock, ServiceRegistry, Target } from "./ports.ts";

interface GatherPorts {
  readonly fleet: Fleet;
  readonly registry: ServiceRegistry | undefined;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly abort: AbortSignal;
}

/** A host that is open, locked (where the mode changes anything) and looked at. */
export interface OpenHost {
  readonly target: Target;
  readonly lock: HostLock | undefined;
  readonly facts: HostFacts;
}

export interface Gathered {
  readonly open: readonly OpenHost[];
  readonly failed: ReadonlyMap<string, Failure>;
  readonly digest: ResolvedDigest | undefined;
}

/** The image's digest, and the host that was asked for it. */
interface ResolvedDigest {
  readonly host: string;
  readonly outcome: Outcome<string>;
}

/**
 * Opens, locks and looks at all hosts at once; the first host that answers is asked for the image's digest meanwhile.
 * A host that fails is closed again and told by an event; nothing on any host is changed.
 */
export async function gather(request: RunRequest, ports: GatherPorts): Promise<Gathered> {
  const { clock, emit } = ports;
  const failed = new Map<string, Failure>();
  const resolver = digestResolver(request, ports);
  const looks = await Promise.all(
    request.hosts.map(async (host): Promise<OpenHost | undefined> => {
      const began = clock.now().getTime();
      const opened = await open(host, request, ports, resolver);
      const seconds = (clock.now().getTime() - began) / 1000;
      if (opened.ok) {
        const running = opened.value.facts.versions.filter(isUp).map((each) => each.name);
        emit({ type: "host-reached", host: host.name, running, seconds });
        return opened.value;
      }
      failed.set(host.name, opened.failure);
      if (isUnreachable(opened.failure))
        emit({ type: "host-unreachable", host: host.name, failure: opened.failure, seconds });
      else emit({ type: "host-refused", host: host.name, failure: opened.failure });
      return undefined;
    }),
  );
  return { open: looks.filter((each) => each !== undefined), failed, digest: await resolver.result() };
}

function open(
  host: Host,
  request: RunRequest,
  ports: GatherPorts,
  resolver: ReturnType<typeof digestResolver>,
): Promise<Outcome<OpenHost>> {
  return attempt(async () => {
    const target = unwrap(await ports.fleet.open(host, ports.abort));
    try {
      const lock =
        request.mode === "inquiry" ? undefined : unwrap(await target.lock(request.project, holderOf(request)));
      const { emit } = ports;
      const facts = await lookAt(target, request, ports, (seconds, app) =>
        emit({ type: "host-waiting", host: host.name, waiting: { for: "instance", app, seconds } }),
      );
      // Not before: a host that is refused is closed again, and with it the question.
      resolver.offer(target);
      return { target, lock, facts };
    } catch (error) {
      await target.close();
      throw error;
    }
  });
}

/**
 * What there is on a host. An instance that the service registry does not show is waited for, which `onWaiting` is
 * told; without it nothing is waited for. Throws FailureError where the host does not answer.
 */
export async function lookAt(
  target: Target,
  request: RunRequest,
  ports: Omit<GatherPorts, "emit">,
  onWaiting?: (seconds: number, app: string) => void,
): Promise<HostFacts> {
  const versions = unwrap(await target.docker.containers(request.project));
  const details = new Map<string, ContainerDetail>();
  if (request.mode === "rollback") {
    for (const { name, state } of versions) {
      if (state === "exited") details.set(name, unwrap(await target.docker.inspect(name)));
    }
  }
  const registered = await lookUp(target, versions, request, ports, onWaiting);
  return { host: target.host.name, versions, details, ...(registered === undefined ? {} : { registered }) };
}

/** What the service registry has of the host, for a request that leads traffic away first. */
async function lookUp(
  target: Target,
  versions: readonly Container[],
  { drain, registry: settings, publishedPorts }: RunRequest,
  { registry, clock, abort }: Omit<GatherPorts, "emit">,
  onWaiting: ((seconds: number, app: string) => void) | undefined,
): Promise<Registered | undefined> {
  if (drain === undefined || settings === undefined || registry === undefined) return undefined;
  const serving = servingVersion(versions);
  if (serving === undefined) return findLeftover(target, registry, publishedPorts, abort);
  const detail = unwrap(await target.docker.inspect(serving.name));
  const waits = onWaiting && ((seconds: number): void => onWaiting(seconds, settings.app));
  return findRegistered(target, registry, settings, detail, clock.now(), waits, abort);
}

/** Who holds the locks of this run. */
export function holderOf(request: RunRequest): LockHolder {
  return { run: request.run, user: request.user, machine: request.machine, since: request.startedAt.toISOString() };
}

/** Asks the first target that it is offered for the image's digest, once. */
export function digestResolver(
  request: RunRequest,
  { clock, emit, abort }: Pick<GatherPorts, "clock" | "emit" | "abort">,
): { offer: (target: Target) => void; result: () => Promise<ResolvedDigest> | undefined } {
  let asked: Promise<ResolvedDigest> | undefined;
  const ask = async (target: Target, image: string): Promise<ResolvedDigest> => {
    const began = clock.now().getTime();
    const outcome = await target.docker.resolveDigest(image, abort);
    const host = target.host.name;
    const seconds = (clock.now().getTime() - began) / 1000;
    if (outcome.ok) emit({ type: "image-resolved", host, image, digest: outcome.value, seconds });
    else emit({ type: "image-refused", host, failure: outcome.failure });
    return { host, outcome };
  };
  return {
    offer: (target) => {
      if (request.image !== undefined && releases(request.mode)) asked ??= ask(target, request.image);
    },
    result: () => asked,
  };
}
