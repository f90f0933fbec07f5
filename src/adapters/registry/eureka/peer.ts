import type { EurekaLogin } from "../../../domain/project.ts";
import { fail, ok } from "../../../domain/result.ts";
import type { Outcome } from "../../../engine/errors.ts";
import type { Clock } from "../../../engine/ports.ts";
import { findBase } from "./base-path.ts";
import { type EurekaInstance, readApplication, readApplications, readInstance } from "./eureka-instance.ts";
import { exchange, type HttpAnswer, type HttpAsk } from "./http-exchange.ts";
import { authorizationOf, peerFailures } from "./peer-failures.ts";
import { createServerClock, type ServerClock } from "./server-clock.ts";
import type { Timing } from "./timing.ts";

/** Whether a write met the lease: `absent` is Eureka's 404. */
type Written = "done" | "absent";

/**
 * One peer of Eureka and one application there. Every call tries again after connection errors and 5xx answers; failures:
 * `peer-unreachable`, `peer-refused`, `peer-unknown`. An abort looks like the first of these.
 */
export interface Peer {
  /** Without user and password. */
  readonly url: string;
  readonly clock: ServerClock;
  /** Where its REST interface is; found out once. */
  base(): Promise<Outcome<string>>;
  /** `GET /apps/{APP}`: the application as clients are told, from the server's cache; empty when it has none. */
  list(signal: AbortSignal): Promise<Outcome<readonly EurekaInstance[]>>;
  /** `GET /apps/delta`: this application's latest changes, from that cache; undefined where deltas are disabled. */
  delta(signal: AbortSignal): Promise<Outcome<readonly EurekaInstance[] | undefined>>;
  /** `GET /apps/{APP}/{id}`: the registry itself, not cached; undefined when there is no such lease. */
  live(id: string, signal: AbortSignal): Promise<Outcome<EurekaInstance | undefined>>;
  /** `GET /status`: the peers that it knows of, without user and password. */
  replicas(signal: AbortSignal): Promise<Outcome<readonly string[]>>;
  /** `PUT status?value=OUT_OF_SERVICE`. Renews the lease like a heartbeat: never to be used for looking. */
  takeOutOfService(id: string, signal: AbortSignal): Promise<Outcome<Written>>;
  /** `DELETE status?value=UP`: removes the override and shows UP until the next registration. */
  removeOverride(id: string, signal: AbortSignal): Promise<Outcome<Written>>;
  /** `DELETE /apps/{APP}/{id}`: removes the lease, and its override even where there is no lease. */
  cancel(id: string, signal: AbortSignal): Promise<Outcome<Written>>;
}

export interface PeerSettings {
  readonly url: string;
  readonly app: string;
  readonly login: EurekaLogin | undefined;
  readonly clock: Clock;
  readonly timing: Timing;
}

type Method = HttpAsk["method"];

export function createPeer({ url, app, login, clock, timing }: PeerSettings): Peer {
  const failures = peerFailures(url, login);
  const serverClock = createServerClock();
  const headers = {
    // Without "json" in it the answer is XML.
    accept: "application/json",
    "user-agent": "gantry",
    ...(login === undefined ? {} : { authorization: authorizationOf(login) }),
  };

  const once = async (
    method: Method,
    address: string,
    signal: AbortSignal,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Outcome<HttpAnswer>> => {
    const { answer, body } = timing;
    const answered = await exchange(new URL(address), {
      method,
      headers: { ...headers, ...more },
      answer,
      body,
      signal,
    });
    if (!answered.ok) return fail(failures.unreachable(answered.failure));
    serverClock.learn(answered.value.headers.date, clock.now().getTime());
    return answered;
  };

  const persistently = async (method: Method, address: string, signal: AbortSignal): Promise<Outcome<HttpAnswer>> => {
    let asked = await once(method, address, signal);
    for (const pause of timing.pauses) {
      if ((asked.ok && asked.value.status < 500) || signal.aborted) break;
      await clock.sleep(pause, signal);
      if (signal.aborted) break;
      asked = await once(method, address, signal);
    }
    return asked;
  };

  let base: Promise<Outcome<string>> | undefined;
  const knownBase = async (): Promise<Outcome<string>> => {
    // One probe for all who ask meanwhile; it is nobody's to abort.
    const never = new AbortController().signal;
    base ??= findBase(url, failures, (address) => persistently("GET", address, never));
    const probe = base;
    const found = await probe;
    if (!found.ok && base === probe) base = undefined;
    return found;
  };

  const ask = async (method: Method, path: string, signal: AbortSignal): Promise<Outcome<HttpAnswer>> => {
    const found = await knownBase();
    return found.ok ? persistently(method, `${found.value}${path}`, signal) : found;
  };

  const appPath = `/apps/${encodeURIComponent(app.toUpperCase())}`;
  // Eureka's clients leave the colons of an id as they are.
  const leasePath = (id: string) => `${appPath}/${encodeURIComponent(id).replaceAll("%3A", ":")}`;

  const read = async <T>(
    path: string,
    signal: AbortSignal,
    parse: (body: string) => T | undefined,
    otherwise: (status: number) => { readonly value: T } | undefined,
  ): Promise<Outcome<T>> => {
    const asked = await ask("GET", path, signal);
    if (!asked.ok) return asked;
    const instead = otherwise(asked.value.status);
    if (instead !== undefined) return ok(instead.value);
    const value = asked.value.status === 200 ? parse(asked.value.body) : undefined;
    return value === undefined ? fail(failures.refused(asked.value)) : ok(value);
  };

  const write = async (method: "PUT" | "DELETE", path: string, signal: AbortSignal): Promise<Outcome<Written>> => {
    const asked = await ask(method, path, signal);
    if (!asked.ok) return asked;
    const { status } = asked.value;
    if (status === 404) return ok("absent");
    return status >= 200 && status < 300 ? ok("done") : fail(failures.refused(asked.value));
  };

  const ours = (instance: EurekaInstance) => instance.app === app.toUpperCase();
  const none = { value: undefined };

  return {
    url,
    clock: serverClock,
    base: knownBase,
    list: (signal) => read(appPath, signal, readApplication, (status) => (status === 404 ? { value: [] } : undefined)),
    delta: (signal) =>
      read<readonly EurekaInstance[] | undefined>(
        "/apps/delta",
        signal,
        (body) => readApplications(body)?.filter(ours),
        (status) => (status === 403 ? none : undefined),
      ),
    live: (id, signal) =>
      read<EurekaInstance | undefined>(leasePath(id), signal, readInstance, (status) =>
        status === 404 ? none : undefined,
      ),
    replicas: async (signal) => {
      const found = await knownBase();
      if (!found.ok) return found;
      // Its JSON is an error in Spring's server: `isHealthy` is null there.
      const asked = await once("GET", `${found.value}/status`, signal, { accept: "application/xml" });
      if (!asked.ok) return asked;
      return asked.value.status === 200 ? ok(replicasIn(asked.value.body)) : fail(failures.refused(asked.value));
    },
    takeOutOfService: (id, signal) => write("PUT", `${leasePath(id)}/status?value=OUT_OF_SERVICE`, signal),
    removeOverride: (id, signal) => write("DELETE", `${leasePath(id)}/status?value=UP`, signal),
    cancel: (id, signal) => write("DELETE", leasePath(id), signal),
  };
}

/** `<registered-replicas>http://user:password@eureka2:8761/eureka/, …</registered-replicas>` */
function replicasIn(xml: string): readonly string[] {
  const text = /<registered-replicas>([^<]*)<\/registered-replicas>/.exec(xml)?.[1] ?? "";
  return text.split(",").flatMap((each) => {
    const url = URL.parse(each.trim());
    return url === null ? [] : [`${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`];
  });
}
