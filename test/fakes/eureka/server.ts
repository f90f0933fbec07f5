import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { encodeApplication, encodeApplications, hashCode, type Format } from "./encode.ts";
import { Faults } from "./faults.ts";
import type { Instance } from "./instance.ts";
import { defaults, type EurekaOptions, type SmallEureka } from "./options.ts";
import { readCall, refusalOf } from "./http-call.ts";
import { RenewalRate } from "./renewals.ts";
import { Registry } from "./registry.ts";
import { PeerNode } from "./peer-node.ts";
import { ResponseCache } from "./response-cache.ts";
import { answer, type Answer, type Site } from "./routes.ts";

/** Starts a small Eureka server. Its answers are held to a real one's by test/e2e/eureka-conformance.test.ts. */
export async function startEureka(given: EurekaOptions = {}): Promise<SmallEureka> {
  const options = { ...defaults, ...given };
  const faults = new Faults();
  const startedAt = Date.now();
  const calls: string[] = [];
  let deltas = 0;
  let clockSkewMs = options.clockSkewMs;
  const now = (): number => Date.now() + clockSkewMs;

  const cache = new ResponseCache(options.cacheMs, (key) => load(key));
  const registry = new Registry(now, new RenewalRate(options.selfPreservation, options.renewWindowMs), {
    changed: (instance) => cache.invalidate((key) => isStale(key, instance)),
    replicate: (action, app, id, lease) => {
      for (const peer of peers) peer.queue(action, app, id, lease);
    },
  });
  const replication = {
    delayMs: options.replicationDelayMs,
    expiryMs: options.replicationExpiryMs,
    timeoutMs: options.peerTimeoutMs,
  };
  // A server knows its own URL by the host alone, so peers on one address never hear of each other.
  const others = options.peers.filter((url) => new URL(url).hostname !== options.address);
  const peers = others.map(
    (url) =>
      new PeerNode(
        url,
        replication,
        () => registry,
        () => faults.dropsReplication(),
      ),
  );
  const site: Site = {
    registry,
    cache,
    peers: others,
    isReadable: () => Date.now() >= startedAt + options.warmUpMs,
    deltaEnabled: options.delta,
    now,
  };

  function load(cacheKey: string): string | undefined {
    const [format = "", kind = "", name = ""] = cacheKey.split(" ");
    const as = format as Format;
    if (kind === "all") return encodeApplications(registry.applications(), 1, registry.hashCode(), as);
    if (kind === "delta") return encodeApplications(registry.recentChanges(), ++deltas, registry.hashCode(), as);
    if (kind === "app") {
      const found = registry.applications().find((application) => application.name === name);
      return found === undefined ? undefined : encodeApplication(found, as);
    }
    const field = kind === "vip" ? "vipAddress" : "secureVipAddress";
    const matching = registry.applications().map((application) => ({
      name: application.name,
      leases: application.leases.filter(({ instance }) => vips(instance, field).includes(name)),
    }));
    const withVip = matching.filter(({ leases }) => leases.length > 0);
    return encodeApplications(withVip, -1, hashCode(withVip), as);
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => response.destroy());
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    const call = await readCall(request, options.basePath);
    calls.push(`${request.method} ${path}`);
    if (calls.length > 10_000) calls.shift();
    const fault = faults.strike(request.method ?? "", path);
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    if (fault?.cut === true) return void response.destroy();
    const refused = fault?.status ?? refusalOf(request, call, options.auth);
    const answered =
      refused === undefined && call !== undefined ? answerSafely(site, call) : { status: refused ?? 404 };
    if (fault?.cutAfter === true) return void response.destroy();
    send(request, response, answered, now());
  }

  let server = await listen(options, listener, options.port);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  cache.start();
  const eviction = setInterval(() => registry.evict(), options.evictionMs).unref();

  const goDown = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  const scheme = options.tls === undefined ? "http" : "https";
  return {
    url: `${scheme}://${options.address}:${port}${options.basePath}`,
    port,
    registry,
    faults,
    calls,
    setClockSkew: (ms) => (clockSkewMs = ms),
    goDown,
    comeUp: async () => void (server = server.listening ? server : await listen(options, listener, port)),
    async stop() {
      clearInterval(eviction);
      cache.stop();
      for (const peer of peers) peer.stop();
      await goDown();
    },
  };
}

function answerSafely(site: Site, call: Parameters<typeof answer>[1]): Answer {
  try {
    return answer(site, call);
  } catch {
    return { status: 500 };
  }
}

async function listen(
  { address, tls }: Pick<typeof defaults, "address"> & Pick<EurekaOptions, "tls">,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  port: number,
): Promise<Server> {
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  server.listen(port, address);
  await once(server, "listening");
  return server;
}

function send(request: IncomingMessage, response: ServerResponse, answered: Answer, now: number): void {
  const { status } = answered;
  response.statusCode = status;
  response.setHeader("date", new Date(now).toUTCString());
  const error = status >= 400 && answered.text === undefined;
  const text = error
    ? JSON.stringify({ timestamp: new Date(now).toISOString(), status, path: request.url?.split("?")[0] })
    : (answered.text ?? "");
  if (status === 401) response.setHeader("www-authenticate", 'Basic realm="Realm"');
  if (text === "") return void response.end();
  response.setHeader("content-type", `application/${error ? "json" : (answered.type ?? "json")}`);
  const zipped = status === 200 && (request.headers["accept-encoding"] ?? "").includes("gzip");
  if (zipped) response.setHeader("content-encoding", "gzip");
  response.end(request.method === "HEAD" ? undefined : zipped ? gzipSync(text) : text);
}

/** A change empties all lists, its application's answer and those of its virtual addresses. */
function isStale(cacheKey: string, instance: Instance): boolean {
  const [, kind = "", name = ""] = cacheKey.split(" ");
  if (kind === "all" || kind === "delta") return true;
  if (kind === "app") return name === instance.app;
  return name === instance.links[kind === "vip" ? "vipAddress" : "secureVipAddress"];
}

function vips({ links }: Instance, field: string): readonly string[] {
  return (links[field] ?? "").split(",");
}
