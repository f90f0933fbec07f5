import { setTimeout as sleep } from "node:timers/promises";

/** An answer with its body read; `json` is undefined where the body is none. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly json: Json | undefined;
}

/** JSON whose shape the cases look into. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Registration {
  readonly [field: string]: unknown;
}

/** One Eureka server as the cases talk to it: one application and one instance id of the case's own. */
export class Client {
  readonly url: string;
  readonly app: string;
  readonly id: string;

  constructor(url: string, app: string, id: string) {
    this.url = url;
    this.app = app;
    this.id = id;
  }

  /** The same server for another application or id. */
  as(app: string, id: string = this.id): Client {
    return new Client(this.url, app, id);
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Reply> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { accept: "application/json", ...options.headers },
      ...(options.body === undefined ? {} : { body: options.body }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    return { status: response.status, type: response.headers.get("content-type") ?? "", text, json: parsed(text) };
  }

  get(path: string, headers: Headers = {}): Promise<Reply> {
    return this.call("GET", path, { headers });
  }

  /** POST of a whole, valid instance with `fields` changed; undefined removes a field. */
  register(fields: Registration = {}, headers: Headers = {}): Promise<Reply> {
    const instance = { ...validInstance(this.app, this.id), ...fields };
    return this.post({ instance }, headers);
  }

  post(body: unknown, headers: Headers = {}): Promise<Reply> {
    return this.call("POST", `/apps/${this.app}`, {
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
  }

  heartbeat(query = "", headers: Headers = {}): Promise<Reply> {
    return this.call("PUT", `${this.path}${query}`, { headers });
  }

  cancel(headers: Headers = {}): Promise<Reply> {
    return this.call("DELETE", this.path, { headers });
  }

  putStatus(value: string, headers: Headers = {}): Promise<Reply> {
    return this.call("PUT", `${this.path}/status?value=${value}`, { headers });
  }

  deleteStatus(query = "?value=UP", headers: Headers = {}): Promise<Reply> {
    return this.call("DELETE", `${this.path}/status${query}`, { headers });
  }

  /** The live read's fields; undefined on 404. */
  async live(): Promise<{ readonly [key: string]: Json } | undefined> {
    const { status, json } = await this.get(this.path);
    if (status === 404) return undefined;
    return at(json, "instance") as { readonly [key: string]: Json };
  }

  /** `UP/UNKNOWN`: status and override as the live read shows them, or `none`. */
  async state(): Promise<string> {
    const live = await this.live();
    return live === undefined ? "none" : `${word(live["status"])}/${word(live["overriddenStatus"])}`;
  }

  /** The status in a cached answer (default: the application's), or `none`. */
  async cached(path = `/apps/${this.app}`, headers: Headers = {}): Promise<string> {
    const { json } = await this.get(path, headers);
    return word(this.#entry(json)?.["status"]);
  }

  /** This instance's entry in GET /apps/delta. */
  async inDelta(): Promise<{ readonly [key: string]: Json } | undefined> {
    return this.#entry((await this.get("/apps/delta")).json);
  }

  get path(): string {
    return `/apps/${this.app}/${this.id}`;
  }

  #entry(json: Json | undefined): { readonly [key: string]: Json } | undefined {
    const apps = at(json, "applications", "application") ?? [at(json, "application") ?? null];
    const instances = (apps as readonly Json[]).flatMap((app) => (at(app, "instance") ?? []) as readonly Json[]);
    const found = instances.find((entry) => at(entry, "instanceId") === this.id && at(entry, "app") === this.app);
    return found as { readonly [key: string]: Json } | undefined;
  }
}

type Headers = Readonly<Record<string, string>>;
interface CallOptions {
  readonly headers?: Headers;
  readonly body?: string;
}

/** Tells a server not to forward a change to its peers. */
export const notForwarded = { "x-netflix-discovery-replication": "true" } as const;

/** A registration as Spring's client sends it, with a lease of a minute and a half. */
export function validInstance(app: string, id: string): Registration {
  return {
    instanceId: id,
    hostName: "host1",
    app,
    ipAddr: "10.0.0.1",
    status: "UP",
    overriddenStatus: "UNKNOWN",
    port: { $: 8080, "@enabled": "true" },
    securePort: { $: 443, "@enabled": "false" },
    countryId: 1,
    dataCenterInfo: { "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", name: "MyOwn" },
    leaseInfo: { renewalIntervalInSecs: 30, durationInSecs: 90 },
    metadata: { "management.port": "8080" },
    vipAddress: app.toLowerCase(),
    secureVipAddress: app.toLowerCase(),
    homePageUrl: "http://host1:8080/",
  };
}

/** The value at the end of that path of keys, or undefined. */
export function at(json: Json | undefined, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as { readonly [key: string]: Json })[key] : undefined,
    json,
  );
}

/** A string as it is; `none` for anything else. */
export function word(value: Json | undefined): string {
  return typeof value === "string" ? value : "none";
}

/** Asks until the answer is the expected one, for at most that long; gives the last answer. */
export async function settled(ask: () => Promise<string>, expected: string, ms: number): Promise<string> {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer === expected || Date.now() > end) return answer;
    await sleep(50);
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
