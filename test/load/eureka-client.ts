import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What a client has sent and got back so far. */
export interface Counts {
  readonly sent: number;
  readonly ok: number;
  readonly lost: number;
  /** Lost requests by what happened to them: a code of Node's, `HTTP 503`, `no instance`, `timeout`. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Answers by their text, `demo1 v2`. */
  readonly answers: Readonly<Record<string, number>>;
}

export interface Load {
  /** Resolves once a first request has succeeded; counting begins then. Throws after 60 s. */
  ready(): Promise<void>;
  counts(): Counts;
  /** Sends no more, waits for the requests in flight and returns what became of all. */
  stop(): Promise<Counts>;
}

export interface LoadOptions {
  readonly app: string;
  /** Service URLs, `http://user:password@10.77.2.254:8761/eureka/`: the first that answers is asked. */
  readonly servers: readonly string[];
  /** `eureka.client.registry-fetch-interval-seconds`, in milliseconds. */
  readonly fetchMs: number;
  /** `spring.cloud.loadbalancer.cache.ttl`, in milliseconds. */
  readonly loadBalancerMs: number;
  /** Requests a second, sent by the clock and not by the answers; default 200. */
  readonly rate?: number;
  /** Each so manieth request takes `slowMs`; default 50 and 2000. */
  readonly slowEvery?: number;
  readonly slowMs?: number;
}

const TIMEOUT = 10_000;

/**
 * Sends requests to an application in Eureka as a Spring Cloud client does: by a copy of the registry that is fetched
 * now and then, with a load balancer that keeps its list for a while on top, round robin over what is UP, connections
 * kept alive, without retries.
 */
export function startLoad(options: LoadOptions): Load {
  const { app, servers, fetchMs, loadBalancerMs, rate = 200, slowEvery = 50, slowMs = 2000 } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 512, maxFreeSockets: 512 });
  const stopped = new AbortController();
  const tally = new Tally();
  const peers = servers.map(peerOf);
  let registry: readonly Instance[] = [];
  let list: { readonly instances: readonly Instance[]; readonly since: number } = { instances: [], since: 0 };
  let next = 0;
  let counting = false;
  let first: () => void = () => {};
  const begun = new Promise<void>((resolve) => (first = resolve));

  const fetching = every(fetchMs, stopped.signal, async () => {
    registry = (await fetchInstances(app, peers)) ?? registry;
  });

  /** From the load balancer's own copy of the copy; one without instances is not kept. */
  const choose = (): Instance | undefined => {
    const now = performance.now();
    if (list.instances.length === 0 || now - list.since >= loadBalancerMs) list = { instances: registry, since: now };
    return list.instances[next++ % list.instances.length];
  };

  const send = async (slow: boolean, counted: boolean): Promise<void> => {
    const instance = choose();
    const outcome =
      instance === undefined ? "no instance" : await get(agent, instance, slow ? `/work?ms=${slowMs}` : "/");
    if (typeof outcome !== "string" && !counting) {
      counting = true;
      first();
    }
    if (counted) tally.end(outcome);
  };

  const sending = (async () => {
    const inFlight = new Set<Promise<void>>();
    let due = performance.now();
    for (let number = 1; !stopped.signal.aborted; number++) {
      const slow = counting && number % slowEvery === 0;
      if (counting) tally.begin();
      const one = send(slow, counting).finally(() => inFlight.delete(one));
      inFlight.add(one);
      // Before the first answer there is nothing to measure: it is only tried now and then.
      due += counting ? 1000 / rate : 100;
      const wait = due - performance.now();
      if (wait > 0) await sleep(wait, undefined, { signal: stopped.signal }).catch(() => {});
    }
    await Promise.all(inFlight);
  })();

  return {
    ready: () =>
      Promise.race([
        begun,
        sleep(60_000, undefined, { ref: false }).then(() => {
          throw new Error(`no request to ${app} succeeded within 60 s`);
        }),
      ]),
    counts: () => tally.counts(),
    async stop() {
      stopped.abort();
      await Promise.all([sending, fetching]);
      agent.destroy();
      return tally.counts();
    },
  };
}

/** A lost request's reason, or the answer of one that was served. */
type Outcome = string | { readonly answer: string };

class Tally {
  #sent = 0;
  #ok = 0;
  readonly #reasons: Record<string, number> = {};
  readonly #answers: Record<string, number> = {};

  begin(): void {
    this.#sent++;
  }

  end(outcome: Outcome): void {
    if (typeof outcome === "string") this.#reasons[outcome] = (this.#reasons[outcome] ?? 0) + 1;
    else {
      this.#ok++;
      this.#answers[outcome.answer] = (this.#answers[outcome.answer] ?? 0) + 1;
    }
  }

  counts(): Counts {
    const { ...reasons } = this.#reasons;
    return { sent: this.#sent, ok: this.#ok, lost: sum(reasons), reasons, answers: { ...this.#answers } };
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

interface Instance {
  readonly host: string;
  readonly port: number;
}

interface Peer {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Fetch takes no login in a URL. */
function peerOf(server: string): Peer {
  const { username, password, origin, pathname } = new URL(server);
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const headers = { accept: "application/json", ...(username === "" ? {} : { authorization: `Basic ${login}` }) };
  return { url: origin + pathname.replace(/\/+$/, ""), headers };
}

/** What the first server that answers shows as UP; undefined when none answers. */
async function fetchInstances(app: string, peers: readonly Peer[]): Promise<readonly Instance[] | undefined> {
  for (const { url, headers } of peers) {
    try {
      const signal = AbortSignal.timeout(3000);
      const answer = await fetch(`${url}/apps/${app.toUpperCase()}`, { headers, signal });
      if (!answer.ok) await answer.body?.cancel();
      if (answer.status === 404) return [];
      if (!answer.ok) continue;
      const { application } = (await answer.json()) as { application: { instance: WireInstance | WireInstance[] } };
      return [application.instance]
        .flat()
        .filter(({ status }) => status === "UP")
        .map(({ ipAddr, port }) => ({ host: ipAddr, port: Number(port.$) }));
    } catch {
      // The next server may be there; else the copy of before stays.
    }
  }
  return undefined;
}

interface WireInstance {
  readonly status: string;
  readonly ipAddr: string;
  readonly port: { readonly $: number | string };
}

/** One request and no second try: a connection that the server has closed while it was idle loses it. */
function get(agent: Agent, { host, port }: Instance, path: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const outgoing = request({ agent, host, port, path }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => end(answer.statusCode === 200 ? { answer: text.trim() } : `HTTP ${answer.statusCode}`));
      answer.on("error", fail);
    });
    const timer = setTimeout(() => {
      end("timeout");
      outgoing.destroy();
    }, TIMEOUT);
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const fail = (error: NodeJS.ErrnoException): void => end(error.code ?? error.message);
    outgoing.on("error", fail);
    outgoing.end();
  });
}

async function every(milliseconds: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }
}
