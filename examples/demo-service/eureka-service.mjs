// A small HTTP service that registers itself in Eureka as a Spring Cloud client does. For the lab, the demo and the load test.
//   GET  /                   -> "<name> <version>"
//   GET  /version            -> "<version>"
//   GET  /health             -> "UP", or 503 with HEALTH=down
//   GET  /work?ms=2000       -> answers after that time
//   GET  /health/deregister  -> takes itself out of Eureka and goes on serving
//   POST /shutdown           -> as SIGTERM
// Settings come from the environment, Eureka's by the names that Spring reads: NAME, VERSION, PORT (8080), HEALTH (up),
// START_DELAY (seconds, 0), REGISTER (never: serves only), FLAP (seconds between UP and DOWN, 0: never),
// EUREKA_CLIENT_SERVICEURL_DEFAULTZONE (service URLs, comma-separated), EUREKA_INSTANCE_HOSTNAME, _IPADDRESS,
// _NONSECUREPORT, _PREFERIPADDRESS, _INSTANCEID, _LEASERENEWALINTERVALINSECONDS (30), _LEASEEXPIRATIONDURATIONINSECONDS
// (90), _METADATAMAP_<KEY>.
import { createServer } from "node:http";
import { hostname, networkInterfaces } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const env = process.env;
const name = env.NAME ?? "demo";
const version = env.VERSION ?? "0";
const port = Number(env.PORT ?? 8080);
/** Spring Boot's default for requests in flight when it shuts down. */
const GRACE = 30_000;

function log(text) {
  console.log(`${new Date().toISOString()} ${name} ${version}: ${text}`);
}

// Eureka

const setting = (key, otherwise) => env[`EUREKA_INSTANCE_${key}`] ?? otherwise;
const ownAddress =
  Object.values(networkInterfaces())
    .flat()
    .find((each) => each !== undefined && each.family === "IPv4" && !each.internal)?.address ?? "127.0.0.1";
const address = setting("IPADDRESS", ownAddress);
const prefersAddress = setting("PREFERIPADDRESS", "false") === "true";
const registeredPort = Number(setting("NONSECUREPORT", port));
const renewal = Number(setting("LEASERENEWALINTERVALINSECONDS", 30));
const id = setting("INSTANCEID", `${hostname()}:${name}:${port}`);
const metadata = Object.fromEntries(
  Object.entries(env).flatMap(([key, value]) => {
    const entry = /^EUREKA_INSTANCE_METADATAMAP_(.+)$/.exec(key)?.[1];
    return entry === undefined ? [] : [[entry.toLowerCase(), value]];
  }),
);

/** Service URLs, the one that answered last in front, each with the login that it holds. */
let servers = (env.EUREKA_CLIENT_SERVICEURL_DEFAULTZONE ?? "")
  .split(",")
  .filter(Boolean)
  .map((text) => {
    const url = new URL(text.trim());
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    const authorization = url.username === "" ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
    return { base: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, authorization };
  });

let status = "UP";
let dirtyAt = 0;
let registered = false;

/** Asks one server after the other until one answers; undefined when none does. */
async function ask(method, path, body) {
  for (const server of servers) {
    try {
      const answer = await fetch(`${server.base}${path}`, {
        method,
        headers: { accept: "application/json", "content-type": "application/json", ...server.authorization },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(5000),
      });
      await answer.arrayBuffer();
      if (answer.status >= 500) continue;
      servers = [server, ...servers.filter((each) => each !== server)];
      return answer.status;
    } catch {
      // The next one may be there.
    }
  }
  return undefined;
}

const app = `/apps/${name.toUpperCase()}`;

async function register() {
  const instance = {
    instanceId: id,
    app: name.toUpperCase(),
    hostName: setting("HOSTNAME", prefersAddress ? address : hostname()),
    ipAddr: address,
    vipAddress: name,
    secureVipAddress: name,
    status,
    overriddenStatus: "UNKNOWN",
    port: { $: registeredPort, "@enabled": "true" },
    securePort: { $: 443, "@enabled": "false" },
    countryId: 1,
    dataCenterInfo: { "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", name: "MyOwn" },
    leaseInfo: {
      renewalIntervalInSecs: renewal,
      durationInSecs: Number(setting("LEASEEXPIRATIONDURATIONINSECONDS", 90)),
    },
    metadata: Object.keys(metadata).length > 0 ? metadata : { "@class": "java.util.Collections$EmptyMap" },
    isCoordinatingDiscoveryServer: "false",
    lastUpdatedTimestamp: String(dirtyAt),
    lastDirtyTimestamp: String(dirtyAt),
  };
  const answer = await ask("POST", app, { instance });
  registered = answer === 204;
  log(registered ? `registered as ${id}, ${status}` : `not registered: ${answer ?? "no server answers"}`);
}

/** A change of what it registers makes it dirty (InstanceInfo.setIsDirty); being told 404 does too (DiscoveryClient.renew). */
async function registerAnew(next) {
  status = next;
  dirtyAt = Date.now();
  await register();
}

const inEureka = servers.length > 0 && env.REGISTER !== "never";
const leaving = new AbortController();

async function heartbeats() {
  await registerAnew("UP");
  while (!leaving.signal.aborted) {
    await sleep(renewal * 1000, undefined, { signal: leaving.signal }).catch(() => {});
    if (leaving.signal.aborted) return;
    const query = `?status=${status}&lastDirtyTimestamp=${dirtyAt}`;
    const answer = registered ? await ask("PUT", `${app}/${id}${query}`) : 404;
    if (answer === 404 && !leaving.signal.aborted) await registerAnew(status);
  }
}

async function flap(seconds) {
  while (!leaving.signal.aborted) {
    await sleep(seconds * 1000, undefined, { signal: leaving.signal }).catch(() => {});
    if (!leaving.signal.aborted) await registerAnew(status === "UP" ? "DOWN" : "UP");
  }
}

async function cancel() {
  if (!registered) return;
  registered = false;
  log(`cancelled ${id}: ${(await ask("DELETE", `${app}/${id}`)) ?? "no server answers"}`);
}

// HTTP

let stopping = false;
let inFlight = 0;

const server = createServer(async (request, response) => {
  inFlight++;
  response.on("close", () => inFlight--);
  const url = new URL(request.url ?? "/", "http://localhost");
  const answer = (code, text) => {
    if (stopping) response.setHeader("connection", "close");
    response.writeHead(code, { "content-type": "text/plain" }).end(`${text}\n`);
  };
  switch (url.pathname) {
    case "/":
      return answer(200, `${name} ${version}`);
    case "/version":
      return answer(200, version);
    case "/health":
      return env.HEALTH === "down" ? answer(503, "DOWN") : answer(200, "UP");
    case "/work":
      await sleep(Number(url.searchParams.get("ms") ?? 2000));
      return answer(200, `${name} ${version}`);
    case "/health/deregister":
      leaving.abort();
      await cancel();
      return answer(200, "deregistered");
    case "/shutdown":
      answer(200, "shutting down");
      return request.method === "POST" ? void stop("POST /shutdown") : undefined;
    default:
      return answer(404, "not found");
  }
});
// Tomcat's; a client that finds a connection closed under it has lost its request.
server.keepAliveTimeout = 60_000;

/** As a Spring service does: DOWN at once, no new connections, requests in flight finish, then the lease is cancelled. */
async function stop(why) {
  if (stopping) return;
  stopping = true;
  log(`${why}: stopping`);
  leaving.abort();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  if (registered) await registerAnew("DOWN");
  const limit = Date.now() + GRACE;
  while (inFlight > 0 && Date.now() < limit) await sleep(50);
  server.closeAllConnections();
  await closed;
  await cancel();
  log("stopped");
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void stop(signal));

log("starting");
await sleep(Number(env.START_DELAY ?? 0) * 1000);
server.listen(port, () => {
  log(`listening on port ${port}`);
  if (!inEureka) return;
  void heartbeats();
  const seconds = Number(env.FLAP ?? 0);
  if (seconds > 0) void flap(seconds);
});
