import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { startEureka } from "../../../../test/fakes/eureka/server.ts";
import { Secret } from "../../../domain/secret.ts";
import type { Outcome } from "../../../engine/errors.ts";
import type { Clock, InstanceMatch, RegistryInstance, ServiceRegistry } from "../../../engine/ports.ts";
import { createEurekaRegistry } from "./eureka-registry.ts";
import type { Timing } from "./timing.ts";

type SmallEureka = Awaited<ReturnType<typeof startEureka>>;
type EurekaOptions = NonNullable<Parameters<typeof startEureka>[0]>;

const clock: Clock = { now: () => new Date(), sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}) };

/** Everything about thirty times faster than in life. */
export const quick: Timing = {
  answer: 400,
  body: 1000,
  pauses: [20, 50],
  poll: 40,
  heartbeat: 300,
  heartbeatMargin: 1500,
  propagation: 3000,
  undrainGrace: 700,
  recheck: 150,
  removals: 3,
  stableLooks: 3,
};

/** One small server, for as long as the test. */
export async function startOne(options: EurekaOptions = {}): Promise<SmallEureka> {
  const eureka = await startEureka({ cacheMs: 100, replicationDelayMs: 30, ...options });
  onTestFinished(() => eureka.stop());
  return eureka;
}

/** Two small servers that are peers of each other. */
export async function startPair(options: EurekaOptions = {}): Promise<readonly [SmallEureka, SmallEureka]> {
  const [first, second] = ["127.0.0.1", "127.0.0.2"] as const;
  const [portA, portB] = [await freePort(first), await freePort(second)];
  const a = await startOne({ ...options, address: first, port: portA, peers: [`http://${second}:${portB}/eureka`] });
  const b = await startOne({ ...options, address: second, port: portB, peers: [`http://${first}:${portA}/eureka`] });
  return [a, b];
}

async function freePort(address: string): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, "listening");
  const bound = server.address();
  server.close();
  return typeof bound === "object" && bound !== null ? bound.port : 0;
}

/** The adapter for `demo1` on these servers, given by their roots as users do. */
export function registryOf(
  eurekas: readonly { readonly url: string }[],
  timing: Partial<Timing> = {},
  login?: { readonly user: string; readonly password: string },
): ServiceRegistry {
  const urls = eurekas.map(({ url }) => url.replace(/\/eureka$/, ""));
  const logins = Object.fromEntries(
    login === undefined ? [] : urls.map((url) => [url, { user: login.user, password: new Secret(login.password) }]),
  );
  return createEurekaRegistry({ appName: "demo1", urls, logins }, { clock, timing: { ...quick, ...timing } });
}

/** Where the container of the tests is. */
export const match: InstanceMatch = {
  host: "lab1",
  hostname: "web1",
  containerHostname: "web1",
  addresses: ["10.0.0.1"],
  ports: [8080],
};
export const id = "web1:demo1:8080";
export const never = new AbortController().signal;

interface Registration {
  readonly id?: string;
  readonly hostname?: string;
  readonly address?: string;
  readonly status?: string;
  readonly metadata?: Record<string, string>;
  /** By the host's clock, ms; default now. */
  readonly dirtyAt?: number;
}

/** Registers once, as a client would at its start. */
export async function register(eureka: { readonly url: string }, given: Registration = {}): Promise<void> {
  const instance = {
    instanceId: given.id ?? id,
    hostName: given.hostname ?? "web1",
    app: "DEMO1",
    ipAddr: given.address ?? "10.0.0.1",
    status: given.status ?? "UP",
    overriddenStatus: "UNKNOWN",
    port: { $: 8080, "@enabled": "true" },
    dataCenterInfo: { "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", name: "MyOwn" },
    leaseInfo: { renewalIntervalInSecs: 1, durationInSecs: 30 },
    metadata: given.metadata ?? {},
    lastDirtyTimestamp: String(given.dirtyAt ?? Date.now()),
  };
  const answer = await fetch(`${eureka.url}/apps/DEMO1`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ instance }),
  });
  if (answer.status !== 204) throw new Error(`registration answered ${answer.status}: ${await answer.text()}`);
}

/** A client that registers and beats every 150 ms, and registers again when told 404, until the test ends. */
export async function startClient(eureka: { readonly url: string }, given: Registration = {}) {
  const registration = { dirtyAt: Date.now(), ...given };
  await register(eureka, registration);
  const stopped = new AbortController();
  const beat = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await sleep(150);
      const path = `${eureka.url}/apps/DEMO1/${given.id ?? id}`;
      const answer = await fetch(path, { method: "PUT" }).catch(() => undefined);
      if (!stopped.signal.aborted && answer?.status === 404) await register(eureka, registration).catch(() => {});
    }
  };
  const beating = beat();
  const kill = async () => {
    stopped.abort();
    await beating;
  };
  onTestFinished(kill);
  return { kill };
}

/** Waits until something is so, at most 3 s. */
export async function eventually(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 150) throw new Error("it never became so");
    await sleep(20);
  }
}

/** Both servers have the instance. */
export async function startReplicated(options: EurekaOptions = {}) {
  const [a, b] = await startPair(options);
  const client = await startClient(a);
  await eventually(() => b.registry.find("DEMO1", id) !== undefined);
  return { a, b, client, registry: registryOf([a, b]) };
}

/** The status of the instance on that server; undefined without a lease. */
export function statusOn(eureka: SmallEureka): string | undefined {
  return eureka.registry.find("DEMO1", id)?.instance.status;
}

export function overrideOn(eureka: SmallEureka): string | undefined {
  return eureka.registry.overrides.get(id);
}

/** The instance, found; a test that cannot find it fails here. */
export async function found(registry: ServiceRegistry): Promise<RegistryInstance> {
  return valueOf(await registry.find(match, 2, never));
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.failure));
}
