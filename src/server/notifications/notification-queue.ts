import { fromKysely, type PgBoss } from "pg-boss";
import type { Database } from "../store/database.ts";

const QUEUE = "notify";

/** One attempt to deliver. */
export interface DeliveryJob {
  readonly id: string;
  readonly retryCount: number;
  readonly delivery: number;
  /** Whether another attempt follows, should this one fail. */
  readonly isLast: boolean;
}

/** The queue of deliveries on pg-boss: each is tried again after 15 s, 30 s, 1 min, ... for about two hours. */
export interface NotificationQueue {
  readonly open: () => Promise<void>;
  readonly send: (trx: Database, delivery: number) => Promise<void>;
  readonly fetch: (count: number) => Promise<DeliveryJob[]>;
  readonly complete: (job: DeliveryJob) => Promise<void>;
  readonly retry: (job: DeliveryJob) => Promise<void>;
}

const RETRIES = { retryLimit: 9, retryDelay: 15, retryBackoff: true, retryDelayMax: 3600 };

export function notificationQueue(boss: PgBoss): NotificationQueue {
  const attempt = ({ id, retryCount }: DeliveryJob) => [{ id, retryCount }];
  return {
    open: () => boss.createQueue(QUEUE, { ...RETRIES, expireInSeconds: 60, deleteAfterSeconds: 3600 }),
    send: async (trx, delivery) => void (await boss.send(QUEUE, { delivery }, { db: fromKysely(trx) })),
    fetch: async (count) => {
      const jobs = await boss.fetch<{ delivery: number }>(QUEUE, { batchSize: count, includeMetadata: true });
      return jobs.map(({ id, retryCount, retryLimit, data }) => ({
        id,
        retryCount,
        delivery: data.delivery,
        isLast: retryCount >= retryLimit,
      }));
    },
    complete: async (job) => void (await boss.complete(QUEUE, attempt(job))),
    retry: async (job) => void (await boss.fail(QUEUE, attempt(job))),
  };
}
