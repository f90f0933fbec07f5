import { fromKysely, PgBoss } from "pg-boss";
import { notificationQueue, type NotificationQueue } from "../notifications/notification-queue.ts";
import { connectionOptions, type Database, type DatabaseAddress } from "../store/database.ts";

/** Seconds without a sign of life after which a worker's job is given to another one; pg-boss allows no less than 10. */
const HEARTBEAT = 10;
/** pg-boss's longest; a run that takes longer is taken over, by the same worker or another one. */
const LONGEST = 24 * 3600;
const YEARS = 10 * 365 * 24 * 3600;

/** One attempt of one job, as pg-boss knows it. */
export interface Job {
  readonly id: string;
  readonly retryCount: number;
  readonly request: number;
}

/**
 * The queues of requests, on pg-boss: `run` is strictly first in, first out for each lock key, across all workers;
 * `due` holds scheduled requests until their time.
 */
export interface Queue {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Queues a request within a transaction; returns the job's id. */
  readonly enqueue: (trx: Database, request: number, lockKey: string) => Promise<string>;
  readonly schedule: (trx: Database, request: number, at: Date) => Promise<string>;
  /** Takes a job out that no worker has in hand. */
  readonly cancel: (trx: Database, queue: "run" | "due", job: string) => Promise<void>;
  /** Jobs that may begin now, at most so many. */
  readonly fetch: (queue: "run" | "due", count: number) => Promise<Job[]>;
  readonly touch: (jobs: readonly Job[]) => Promise<void>;
  readonly complete: (trx: Database, queue: "run" | "due", job: Job) => Promise<void>;
  /** Gives a job back, so that another worker takes it at once. */
  readonly release: (job: Job) => Promise<void>;
  readonly notifications: NotificationQueue;
}

interface JobData {
  readonly request: number;
}

export function createQueue(
  address: DatabaseAddress,
  options: { readonly supervise: boolean; readonly onError: (error: Error) => void },
): Queue {
  const boss = new PgBoss({
    ...bossAddress(address),
    max: 4,
    schema: "pgboss",
    supervise: options.supervise,
    schedule: false,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    openTelemetry: { traces: false, metrics: false },
  } as ConstructorParameters<typeof PgBoss>[0]);
  boss.on("error", options.onError);
  const notifications = notificationQueue(boss);
  const within = (trx: Database) => ({ db: fromKysely(trx) });
  const sent = (id: string | null): string => {
    if (id === null) throw new Error("pg-boss has not taken the job");
    return id;
  };

  return {
    start: async () => {
      await boss.start();
      const common = { retryLimit: 1_000_000, retryDelay: 0, retentionSeconds: YEARS, deleteAfterSeconds: 3600 };
      await boss.createQueue("run", {
        ...common,
        policy: "key_strict_fifo",
        expireInSeconds: LONGEST,
        heartbeatSeconds: HEARTBEAT,
      });
      await boss.createQueue("due", { ...common, expireInSeconds: 60 });
      await notifications.open();
    },
    notifications,
    stop: () => boss.stop({ graceful: false }),
    enqueue: async (trx, request, lockKey) =>
      sent(await boss.send("run", { request } satisfies JobData, { singletonKey: lockKey, ...within(trx) })),
    schedule: async (trx, request, at) =>
      sent(await boss.send("due", { request } satisfies JobData, { startAfter: at, ...within(trx) })),
    cancel: async (trx, queue, job) => void (await boss.cancel(queue, job, within(trx))),
    fetch: async (queue, count) => {
      const jobs = await boss.fetch<JobData>(queue, { batchSize: count, includeMetadata: true });
      return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, request: data.request }));
    },
    touch: async (jobs) => void (await boss.touch("run", jobs.map(attempt))),
    complete: async (trx, queue, job) => void (await boss.complete(queue, [attempt(job)], null, within(trx))),
    release: async (job) => void (await boss.fail("run", [attempt(job)])),
  };
}

function attempt({ id, retryCount }: Job): { id: string; retryCount: number } {
  return { id, retryCount };
}

function bossAddress(address: DatabaseAddress) {
  return connectionOptions(address, "gantry-queue");
}
