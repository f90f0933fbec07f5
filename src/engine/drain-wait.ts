import type { Drain } from "../domain/project.ts";
import { FailureError, unwrap } from "./errors.ts";
import type { InstanceId, RegistryInstance, TcpConnection } from "./ports.ts";
import { registryOf, type StepContext } from "./step-context.ts";

const POLL = 500;

/** What a wait has found out; seconds. `boundBy` is what took longest to be sure of. */
type Waited = Readonly<Record<string, unknown>>;

/**
 * Waits until nobody sends requests to an instance that is out of service: a fixed time, or (`auto`) as long as the
 * peers' cached answers, the clients' caches and the requests in flight need. Throws FailureError.
 */
export async function waitUntilUnused(
  drain: Drain,
  container: string | undefined,
  instance: RegistryInstance | undefined,
  context: StepContext,
): Promise<Waited> {
  const { plan } = context;
  if (drain.wait !== "auto") {
    context.waiting({ for: "drain", seconds: drain.wait / 1000 });
    await pause(drain.wait, context);
    return { waited: drain.wait / 1000, bound_by: "fixed wait" };
  }
  const servers = plan.registry === undefined ? 0 : await serverCaches(instance, context);
  const clients = (drain.clientFetch + drain.loadBalancer + drain.margin) / 1000;
  context.waiting({ for: "client-caches", seconds: clients });
  await pause(clients * 1000, context);
  const requests = container === undefined ? undefined : await requestsInFlight(drain, container, instance, context);
  const parts = { "server caches": servers, "client caches": clients, "requests in flight": requests?.seconds ?? 0 };
  const longest = Object.entries(parts).toSorted(([, a], [, b]) => b - a)[0]?.[0];
  return {
    waited: round(servers + clients + (requests?.seconds ?? 0)),
    server_caches: round(servers),
    client_caches: clients,
    requests_in_flight: requests === undefined ? 0 : round(requests.seconds),
    bound_by: longest,
    ...requests?.notes,
  };
}

async function serverCaches(instance: InstanceId | undefined, context: StepContext): Promise<number> {
  if (instance === undefined) return 0;
  context.waiting({ for: "server-caches" });
  return unwrap(await registryOf(context).awaitPropagated(instance, context.abort));
}

interface Requests {
  readonly seconds: number;
  /** What somebody should know of it. */
  readonly notes: Readonly<Record<string, unknown>>;
}

/** Waits until no request is in flight and none has come for a while; at most `drain.inFlight`. */
async function requestsInFlight(
  drain: Drain,
  container: string,
  instance: RegistryInstance | undefined,
  context: StepContext,
): Promise<Requests> {
  const { target, clock, abort } = context;
  const began = clock.now().getTime();
  const elapsed = (): number => clock.now().getTime() - began;
  const { pid, hostNetwork, exposedPorts, publishedPorts } = unwrap(await target.docker.inspect(container));
  const inside = [...new Set([...publishedPorts.map(({ container: port }) => port), ...exposedPorts])];
  const ports = hostNetwork ? (instance === undefined ? inside : [instance.port]) : inside;
  if (ports.length === 0 || pid === 0)
    return { seconds: 0, notes: { unseen: "the ports of the service are not known" } };
  for (;;) {
    const seen = await target.connections(pid, ports, abort);
    refuseAborted(context);
    if (!seen.ok) {
      if (seen.failure.reason !== "connections-unseen") throw new FailureError(seen.failure);
      return { seconds: elapsed() / 1000, notes: { unseen: seen.failure.detail } };
    }
    const { inFlight, callers } = trafficOf(seen.value, drain.margin);
    if (inFlight === 0 && callers.length === 0) return { seconds: elapsed() / 1000, notes: {} };
    // Who still calls when all caches have gone round asks no registry: monitors, or clients with a fixed address.
    const limit = inFlight > 0 ? drain.inFlight : Math.min(drain.inFlight, 2 * drain.margin);
    if (elapsed() + POLL > limit) {
      return { seconds: elapsed() / 1000, notes: { still_in_flight: inFlight, still_calling: callers } };
    }
    context.waiting({ for: "requests", inFlight, callers });
    await pause(POLL, context);
  }
}

/**
 * Requests that are being answered, and who has sent something within `quiet` milliseconds. By HTTP/1.1 a request is in flight
 * on a connection when something was received after the last thing sent, or nothing was sent at all; what comes from inside the container does not count.
 */
function trafficOf(
  connections: readonly TcpConnection[],
  quiet: number,
): { readonly inFlight: number; readonly callers: readonly string[] } {
  const others = connections.filter(({ peer }) => !/^127\.|^::1$|^::ffff:127\./.test(peer));
  return {
    inFlight: others.filter(({ sent, received, unanswered }) => unanswered || received < sent).length,
    callers: [...new Set(others.filter(({ received }) => received < quiet).map(({ peer }) => peer))],
  };
}

async function pause(milliseconds: number, context: StepContext): Promise<void> {
  await context.clock.sleep(milliseconds, context.abort);
  refuseAborted(context);
}

function refuseAborted({ abort, target }: StepContext): void {
  if (abort.aborted) throw new FailureError({ reason: "aborted", host: target.host.name });
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
