import type { Host } from "../domain/host.ts";
import type { ContainerDetail } from "../domain/container.ts";
import { releases } from "../domain/mode.ts";
import { attempt, isUnreachable, unwrap, type Failure, type Outcome } from "./errors.ts";
import type { Emit } from "./events.ts";
import type { HostFacts, RunRequest } from "./plan.ts";
import type { Clock, Fleet, HostLock, Target } from "./ports.ts";

/** A host that is open, locked (where the mode changes anything) and looked at. */
export interface OpenHost {
  readonly target: Target;
  readonly lock: HostLock | undefined;
  readonly facts: HostFacts;
}

export interface Gathered {
  readonly open: readonly OpenHost[];
  readonly failed: ReadonlyMap<string, Failure>;
  readonly digest: Outcome<string> | undefined;
}

/**
 * Opens, locks and looks at all hosts at once; the first host that answers is asked for the image's digest meanwhile.
 * A host that fails is closed again and told by an event; nothing on any host is changed.
 */
export async function gather(
  request: RunRequest,
  fleet: Fleet,
  clock: Clock,
  emit: Emit,
  abort: AbortSignal,
): Promise<Gathered> {
  const failed = new Map<string, Failure>();
  const resolver = digestResolver(request, clock, emit);
  const looks = await Promise.all(
    request.hosts.map(async (host): Promise<OpenHost | undefined> => {
      const began = clock.now().getTime();
      const opened = await open(host, request, fleet, resolver, abort);
      const seconds = (clock.now().getTime() - began) / 1000;
      if (opened.ok) {
        const running = opened.value.facts.versions.filter((each) => each.state === "running").map((each) => each.name);
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
  fleet: Fleet,
  resolver: ReturnType<typeof digestResolver>,
  abort: AbortSignal,
): Promise<Outcome<OpenHost>> {
  return attempt(async () => {
    const target = unwrap(await fleet.open(host, abort));
    try {
      resolver.offer(target);
      const lock = request.mode === "inquiry" ? undefined : unwrap(await target.lock(request.project, holder(request)));
      const versions = unwrap(await target.docker.containers(request.project));
      const details = new Map<string, ContainerDetail>();
      if (request.mode === "rollback") {
        for (const { name, state } of versions) {
          if (state === "exited" || state === "dead") details.set(name, unwrap(await target.docker.inspect(name)));
        }
      }
      return { target, lock, facts: { host: host.name, versions, details } };
    } catch (error) {
      await target.close();
      throw error;
    }
  });
}

function holder(request: RunRequest): { run: string; user: string; machine: string; since: string } {
  return { run: request.run, user: request.user, machine: request.machine, since: request.startedAt.toISOString() };
}

/** Asks the first target that it is offered for the image's digest, once. */
function digestResolver(
  request: RunRequest,
  clock: Clock,
  emit: Emit,
): { offer: (target: Target) => void; result: () => Promise<Outcome<string>> | undefined } {
  let asked: Promise<Outcome<string>> | undefined;
  const ask = async (target: Target, image: string): Promise<Outcome<string>> => {
    const began = clock.now().getTime();
    const outcome = await target.docker.resolveDigest(image);
    const host = target.host.name;
    const seconds = (clock.now().getTime() - began) / 1000;
    if (outcome.ok) emit({ type: "image-resolved", host, image, digest: outcome.value, seconds });
    else emit({ type: "image-refused", host, failure: outcome.failure });
    return outcome;
  };
  return {
    offer: (target) => {
      if (request.image !== undefined && releases(request.mode)) asked ??= ask(target, request.image);
    },
    result: () => asked,
  };
}
