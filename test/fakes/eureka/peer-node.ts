import { request as httpRequest } from "node:http";
import { replicatedInstance } from "./encode.ts";
import { decodeReplicated } from "./instance-decode.ts";
import { idOf, type Lease } from "./instance.ts";
import type { Action, Registry } from "./registry.ts";
import type { ReplicationInstance } from "./replication.ts";

interface Task {
  readonly action: Action;
  readonly app: string;
  readonly id: string;
  /** Read when the batch is sent, not when it was queued: a later change of it travels too, as in Eureka. */
  readonly lease: Lease | undefined;
  readonly queuedAt: number;
  readonly expiresAt: number;
}

export interface ReplicationOptions {
  /** How long changes are collected before they are sent. */
  readonly delayMs: number;
  /** How long a status change or cancel is tried again; heartbeats and registrations only for their interval. */
  readonly expiryMs: number;
  readonly timeoutMs: number;
}

/** Sends what is done here to one peer, in batches (`PeerEurekaNode`, `AcceptorExecutor`). */
export class PeerNode {
  readonly url: string;
  readonly #options: ReplicationOptions;
  readonly #registry: () => Registry;
  readonly #queue = new Map<string, Task>();
  /** True when the batch is to be lost on the way. */
  readonly #isDropped: () => boolean;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(url: string, options: ReplicationOptions, registry: () => Registry, isDropped: () => boolean) {
    this.url = url;
    this.#options = options;
    this.#registry = registry;
    this.#isDropped = isDropped;
  }

  queue(action: Action, app: string, id: string, lease: Lease | undefined): void {
    const now = Date.now();
    const isPeriodic = action === "Register" || action === "Heartbeat";
    const lifeMs = isPeriodic ? (lease?.instance.renewalIntervalInSecs ?? 90) * 1000 : this.#options.expiryMs;
    const key = `${action}#${app}/${id}`;
    // A task of the same kind takes the older one's place in the line.
    const queuedAt = this.#queue.get(key)?.queuedAt ?? now;
    this.#queue.set(key, { action, app, id, lease, queuedAt, expiresAt: now + lifeMs });
    this.#arm(queuedAt + this.#options.delayMs - now);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #arm(delayMs: number): void {
    if (this.#stopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        void this.#flush().then((retryMs) => {
          this.#timer = undefined;
          if (this.#queue.size > 0) this.#arm(retryMs);
        });
      },
      Math.max(delayMs, 0),
    );
    this.#timer.unref();
  }

  /** Sends one batch; answers how long to wait before the next. */
  async #flush(): Promise<number> {
    const batch = [...this.#queue].slice(0, 250);
    for (const [key] of batch) this.#queue.delete(key);
    const tasks = batch.filter(([, task]) => task.expiresAt > Date.now());
    if (tasks.length === 0 || this.#isDropped()) return this.#options.delayMs;
    const list = { replicationList: tasks.map(([, task]) => entryOf(task)) };
    const answer = await post(`${this.url.replace(/\/$/, "")}/peerreplication/batch/`, list, this.#options.timeoutMs);
    if (answer === undefined || answer.status === 503) {
      for (const [key, task] of tasks) if (!this.#queue.has(key)) this.#queue.set(key, task);
      return answer === undefined ? 100 : 1000;
    }
    if (answer.status === 200)
      this.#handle(
        tasks.map(([, task]) => task),
        answer.text,
      );
    return this.#options.delayMs;
  }

  #handle(tasks: readonly Task[], text: string): void {
    const { responseList }: { responseList: readonly { statusCode: number; responseEntity?: unknown }[] } =
      JSON.parse(text);
    for (const [at, { action, app, id, lease }] of tasks.entries()) {
      const response = responseList[at];
      if (action !== "Heartbeat" || response === undefined || lease === undefined) continue;
      if (response.statusCode === 404) this.queue("Register", app, id, lease);
      if (response.responseEntity !== undefined) this.#takeOver(response.responseEntity);
    }
  }

  /** The peer knows a newer registration than this server does (`syncInstancesIfTimestampDiffers`). */
  #takeOver(entity: unknown): void {
    const instance = decodeReplicated(entity, Date.now());
    if (instance.overriddenStatus !== "UNKNOWN") {
      this.#registry().adoptOverride(instance.app, idOf(instance), instance.overriddenStatus);
    }
    this.#registry().register(instance, true);
  }
}

function entryOf({ action, app, id, lease }: Task): ReplicationInstance {
  if (lease === undefined) return { appName: app, id, action };
  const { instance } = lease;
  return {
    appName: app,
    id,
    action,
    status: instance.status,
    lastDirtyTimestamp: instance.lastDirtyTimestamp,
    ...(action === "Heartbeat" && instance.overriddenStatus !== "UNKNOWN"
      ? { overriddenStatus: instance.overriddenStatus }
      : {}),
    ...(action === "Register" ? { instanceInfo: replicatedInstance(lease) } : {}),
  };
}

/** Undefined when the peer cannot be reached or does not answer in time. */
function post(url: string, body: unknown, timeoutMs: number): Promise<{ status: number; text: string } | undefined> {
  const target = new URL(url);
  const login =
    target.username === ""
      ? undefined
      : `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
  return new Promise((resolve) => {
    const request = httpRequest(
      target,
      {
        method: "POST",
        agent: false,
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          "x-netflix-discovery-replication": "true",
        },
        ...(login === undefined ? {} : { auth: login }),
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", () => resolve(undefined));
      },
    );
    request.setTimeout(timeoutMs, () => request.destroy(new Error("timeout")));
    request.on("error", () => resolve(undefined));
    request.end(JSON.stringify(body));
  });
}
