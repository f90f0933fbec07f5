import { encodeInstance, type Format } from "./encode.ts";
import { decodeRegistration } from "./instance-decode.ts";
import { statusOf } from "./instance.ts";
import type { Registry } from "./registry.ts";
import { applyBatch, heartbeat } from "./replication.ts";
import type { ResponseCache } from "./response-cache.ts";
import { statusPage } from "./status-page.ts";

/** What the routes of one server work on. */
export interface Site {
  readonly registry: Registry;
  readonly cache: ResponseCache;
  readonly peers: readonly string[];
  /** False while warming up: cached reads answer 403. */
  isReadable(): boolean;
  readonly deltaEnabled: boolean;
  readonly now: () => number;
}

export interface Call {
  readonly method: string;
  /** Below the base path, split and decoded: `["apps", "DEMO", "host:demo:8080", "status"]`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly format: Format;
  readonly contentType: string;
  readonly body: string;
  /** The header x-netflix-discovery-replication. */
  readonly isReplication: boolean;
}

export interface Answer {
  readonly status: number;
  readonly text?: string;
  readonly type?: Format;
}

type Handler = (site: Site, call: Call, app: string, id: string) => Answer;

const ok: Answer = { status: 200 };
const notFound: Answer = { status: 404 };

/** One row a resource: its path, `:app` and `:id` standing for any word, and its methods. */
const routes: readonly (readonly [path: string, methods: Readonly<Record<string, Handler>>])[] = [
  ["apps", { GET: (site, call) => cached(site, `all`, call) }],
  ["apps/delta", { GET: (site, call) => (site.deltaEnabled ? cached(site, "delta", call) : { status: 403 }) }],
  ["apps/:app", { GET: (site, call, app) => cached(site, `app ${app}`, call), POST: register }],
  ["apps/:app/:id", { GET: read, PUT: renew, DELETE: cancel }],
  ["apps/:app/:id/status", { PUT: putStatus, DELETE: deleteStatus }],
  ["apps/:app/:id/metadata", { PUT: putMetadata }],
  ["instances/:id", { GET: readById }],
  ["vips/:id", { GET: (site, call, _app, vip) => cached(site, `vip ${vip}`, call) }],
  ["svips/:id", { GET: (site, call, _app, vip) => cached(site, `svip ${vip}`, call) }],
  ["status", { GET: (site, { format }) => statusPage(site, format) }],
  ["peerreplication/batch", { POST: replicate }],
];

/** Answers one call below the base path as Eureka's resources do; 404 and 405 where they have nothing. */
export function answer(site: Site, call: Call): Answer {
  const found = routes.find(([path]) => matches(path.split("/"), call.path));
  if (found === undefined) return notFound;
  const [path, methods] = found;
  const handler = methods[call.method === "HEAD" ? "GET" : call.method];
  if (handler === undefined) return { status: 405 };
  const word = (name: string): string => call.path[path.split("/").indexOf(name)] ?? "";
  return handler(site, call, word(":app").toUpperCase(), word(":id"));
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((word, at) => word.startsWith(":") || word === path[at]);
}

function cached(site: Site, key: string, { format }: Call): Answer {
  if (!site.isReadable()) return { status: 403 };
  const text = site.cache.get(`${format} ${key}`);
  return text === undefined ? notFound : { status: 200, text, type: format };
}

function read({ registry }: Site, { format }: Call, app: string, id: string): Answer {
  const lease = registry.find(app, id);
  return lease === undefined ? notFound : { status: 200, text: encodeInstance(lease, format), type: format };
}

function readById({ registry }: Site, { format }: Call, _app: string, id: string): Answer {
  const lease = registry.findById(id);
  return lease === undefined ? notFound : { status: 200, text: encodeInstance(lease, format), type: format };
}

function register({ registry, now }: Site, call: Call, app: string): Answer {
  if (!call.contentType.startsWith("application/json")) return { status: 415 };
  const decoded = decodeRegistration(call.body, app, now());
  if ("refusal" in decoded) return { status: 400, text: decoded.refusal, type: call.format };
  registry.register(decoded.instance, call.isReplication);
  return { status: 204 };
}

function renew({ registry }: Site, { query, isReplication }: Call, app: string, id: string): Answer {
  const dirty = dirtyOf(query);
  const { statusCode } = heartbeat(registry, app, id, dirty, isReplication);
  // As in Eureka, the lease is renewed before the timestamp is read.
  return { status: statusCode !== 404 && Number.isNaN(dirty) ? 500 : statusCode };
}

function cancel({ registry }: Site, { isReplication }: Call, app: string, id: string): Answer {
  return registry.cancel(app, id, isReplication) ? ok : notFound;
}

function putStatus({ registry }: Site, { query, isReplication }: Call, app: string, id: string): Answer {
  if (registry.find(app, id) === undefined) return notFound;
  const status = statusOf(query.get("value"));
  if (status === undefined) return { status: 500 };
  return registry.override(app, id, status, dirtyOf(query) ?? 0, isReplication) ? ok : { status: 500 };
}

function deleteStatus({ registry }: Site, { query, isReplication }: Call, app: string, id: string): Answer {
  if (registry.find(app, id) === undefined) return notFound;
  const value = query.get("value");
  const status = value === null ? "UNKNOWN" : statusOf(value);
  if (status === undefined) return { status: 500 };
  return registry.removeOverride(app, id, status, dirtyOf(query) ?? 0, isReplication) ? ok : { status: 500 };
}

/** Adds to the metadata and registers the instance anew, which is why it tells the peers even of a replicated call. */
function putMetadata({ registry }: Site, { query }: Call, app: string, id: string): Answer {
  const lease = registry.find(app, id);
  if (lease === undefined) return notFound;
  for (const key of new Set(query.keys())) lease.instance.metadata[key] = query.get(key) ?? "";
  registry.register(lease.instance, false);
  return ok;
}

function replicate({ registry, now }: Site, { body }: Call): Answer {
  return { status: 200, text: applyBatch(registry, body, now()), type: "json" };
}

/** The caller's lastDirtyTimestamp; NaN when it is no number. */
function dirtyOf(query: URLSearchParams): number | undefined {
  const text = query.get("lastDirtyTimestamp");
  if (text === null) return undefined;
  return /^[+-]?\d{1,18}$/.test(text) ? Number(text) : NaN;
}
