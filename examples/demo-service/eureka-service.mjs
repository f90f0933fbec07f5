// A small HTTP service that registers itself in Eureka as a Spring Cloud client does. For the lab, the demo and the load test.
//   GET  /                   -> "<name> <version>"
//   GET  /version            -> "<version>"
//   GET  /health             -> "UP", or 503 with HEALTH=down
//   GET  /work?ms=2000       -> answers after that time
//   GET  /health/deregister  -> takes itself out of Eureka and goes on serving
//   POST /shutdown           -> as SIGTERM
// Settings come from the environment, Eureka's by the names that Spring reads: NAME, VERSION, PORT (8080), HEALTH (up),
// START_DELAY and STOP_DELAY (seconds, 0), REGISTER (never: serves only), FLAP (seconds between UP and DOWN, 0: never),
// EUREKA_CLIENT_SERVICEURL_DEFAULTZONE (service URLs, comma-separated), EUREKA_INSTANCE_HOSTNAME, _IPADDRESS,
// _NONSECUREPORT, _PREFERIPADDRESS, _INSTANCEID, _LEASERENEWALINTERVALINSECONDS (30), _LEASEEXPIRATIONDURATIONINSECONDS
// (90), _METADATAMAP_<KEY>. README.md says more.
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
/** As EurekaInstanceConfigBean.getHostName: a preferred address wins over a name that is set. */
const hostName = prefersAddress ? address : setting("HOSTNAME", hostname());
const renewal = Number(setting("LEASERENEWALINTERVALINSECONDS", 30));
const id = setting("INSTANCEID", `${hostname()}:${name}:${port}`);
const metadata = {
  "management.port": String(port),
  ...Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => {
      const entry = /^EUREKA_INSTANCE_METADATAMAP_(.+)$/.exec(key)?.[1];
      return entry === undefined ? [] : [[entry.toLowerCase(), value]];
    }),
  ),
};

/** Service URLs, the one that answered last in front, each with the login that it holds. */
let servers = (env.EUREKA_CLIENT_SERVICEURL_DEFAULTZONE ?? "")
  .split(",")
  .map((text) => text.trim())
  .filter(Boolean)
  .map((text) => {
    const url = new URL(text);
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    const authorization = url.username === "" ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
    return { base: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, authorization };
  });

let status = "UP";
let dirtyAt = 0;
/** Whether Eureka may hold its lease: also a registration without an answer may have arrived. */
let listed = false;

/** Asks one server after the other until one answers without an error of its own; else the last one's status, or why not. */
async function ask(method, path, body) {
  let last = "no server answers";
  for (const server of servers) {
    try {
      const answer = await fetch(`${server.base}${path}`, {
        method,
        headers: { accept: "application/json", "content-type": "application/json", ...server.authorization },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(5000),
      });
      await answer.arrayBuffer();
      last = answer.status;
      if (answer.status >= 500) continue;
      servers = [server, ...servers.filter((each) => each !== server)];
      return answer.status;
    } catch {
      // The next one may be there.
    }
  }
  return last;
}

let turn = Promise.resolve();

/** One thing after the other: a registration that arrives after the cancel leaves a lease that nobody renews. */
function inTurn(work) {
  turn = turn.then(work);
  return turn;
}

const app = `/apps/${name.toUpperCase()}`;

/**
 * What a change of it makes dirty (InstanceInfo.setIsDirty), and what a 404 does too (DiscoveryClient.renew), is
 * registered again with a new lastDirtyTimestamp.
 */
async function registerAnew(next) {
  status = next;
  listed = true;
  dirtyAt = Date.now();
  const instance = {
    instanceId: id,
    app: name.toUpperCase(),
    hostName,
    ipAddr: address,
    vipAddress: name.toLowerCase(),
    secureVipAddress: name.toLowerCase(),
    homePageUrl: `http://${hostName}:${registeredPort}/`,
    statusPageUrl: `http://${hostName}:${registeredPort}/version`,
    healthCheckUrl: `http://${hostName}:${registeredPort}/health`,
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
    metadata,
    isCoordinatingDiscoveryServer: "false",
    lastUpdatedTimestamp: String(dirtyAt),
    lastDirtyTimestamp: String(dirtyAt),
  };
  const answer = await ask("POST", app, { instance });
  log(answer === 204 ? `registered as ${id}, ${status}` : `not registered: ${answer}`);
}

const inEureka = servers.length > 0 && env.REGISTER !== "never";
/** Aborted when it goes out of Eureka: it renews nothing then, and registers nothing but DOWN. */
const leaving = new AbortController();

/** Does that in turn after each so many seconds, as long as it stays in Eureka. */
async function every(seconds, work) {
  while (!leaving.signal.aborted) {
    await sleep(seconds * 1000, undefined, { signal: leaving.signal }).catch(() => {});
    await inTurn(() => (leaving.signal.aborted ? undefined : work()));
  }
}

async function renew() {
  const answer = await ask("PUT", `${app}/${id}?status=${status}&lastDirtyTimestamp=${dirtyAt}`);
  if (answer === 404 && !leaving.signal.aborted) await registerAnew(status);
  else if (answer !== 200) log(`not renewed: ${answer}`);
}

async function cancel() {
  if (!listed) return;
  listed = false;
  log(`cancelled ${id}: ${await ask("DELETE", `${app}/${id}`)}`);
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
      await inTurn(cancel);
      return answer(200, "deregistered");
    case "/shutdown":
      if (request.method !== "POST") return answer(405, "POST it");
      answer(200, "shutting down");
      return void stop("POST /shutdown");
    default:
      return answer(404, "not found");
  }
});
// Tomcat's; a client that finds a connection closed under it has lost its request.
server.keepAliveTimeout = 60_000;

/**
 * As a Spring service does: DOWN and no new connections at once, then requests in flight finish, then the lease is
 * cancelled.
 */
async function stop(why) {
  if (stopping) return;
  stopping = true;
  log(`${why}: stopping, ${inFlight} in flight`);
  leaving.abort();
  // Closes idle connections too; those in use are told by `Connection: close`.
  const closed = new Promise((resolve) => server.close(resolve));
  const down = listed ? inTurn(() => registerAnew("DOWN")) : undefined;
  const limit = Date.now() + GRACE;
  while (inFlight > 0 && Date.now() < limit) await sleep(50);
  if (inFlight > 0) log(`gives up ${inFlight} in flight`);
  server.closeAllConnections();
  await Promise.all([closed, down]);
  await sleep(Number(env.STOP_DELAY ?? 0) * 1000);
  await inTurn(cancel);
  log("stopped");
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void stop(signal));

log("starting");
await sleep(Number(env.START_DELAY ?? 0) * 1000);
if (!stopping) {
  server.listen(port, () => {
    log(`listening on port ${port}`);
    if (!inEureka) return;
    void inTurn(() => (leaving.signal.aborted ? undefined : registerAnew("UP")));
    void every(renewal, renew);
    const seconds = Number(env.FLAP ?? 0);
    if (seconds > 0) void every(seconds, () => registerAnew(status === "UP" ? "DOWN" : "UP"));
  });
}
