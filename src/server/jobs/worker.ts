import { hostname } from "node:os";
import { sql } from "kysely";
import type { Feed } from "../live/feed.ts";
import type { Places } from "../places/places.ts";
import { dueRequest } from "../requests/due-request.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database } from "../store/database.ts";
import { Dispatcher } from "./dispatcher.ts";
import { keepHouse } from "./housekeeping.ts";
import type { Queue } from "./queue.ts";
import { runJob } from "./run-job.ts";
import { createStops } from "./stops.ts";

/** Seconds between the signs of life that the health page shows. */
const SIGN = 5;

export interface WorkerParts {
  readonly db: Database;
  readonly queue: Queue;
  readonly feed: Feed;
  readonly places: Places;
  readonly box: SecretBox;
  /** Runs that are followed at once. */
  readonly capacity: number;
  readonly onError: (error: Error) => void;
}

/** Follows runs: one in the console's own process, and as many more as `gantry worker` is started. */
export interface Worker {
  readonly name: string;
  stop(): Promise<void>;
}

export function startWorker(parts: WorkerParts): Worker {
  const { db, queue, feed, onError } = parts;
  const machine = hostname();
  const name = `${machine}-${process.pid}`;
  const stops = createStops(db, onError);
  const dispatcher = new Dispatcher({
    queue,
    capacity: parts.capacity,
    run: (job, signal) => runJob({ ...parts, stops, worker: name }, job, signal),
    due: (job) => dueRequest(db, queue, job),
    onError,
  });
  const unsubscribe = [
    feed.onMessage((message) => {
      if (message.type === "job") dispatcher.wake();
      stops.onMessage(message);
    }),
    feed.onResync(() => {
      dispatcher.wake();
      stops.onResync();
    }),
  ];
  const sign = async (): Promise<void> => {
    try {
      await db
        .insertInto("worker")
        .values({ name, machine, running: dispatcher.running })
        .onConflict((conflict) =>
          conflict.column("name").doUpdateSet({ seen_at: sql`now()`, running: dispatcher.running }),
        )
        .execute();
      await db
        .deleteFrom("worker")
        .where("seen_at", "<", sql<Date>`now() - interval '5 minutes'`)
        .execute();
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  void sign();
  const signs = setInterval(() => void sign(), SIGN * 1000);
  const house = keepHouse(parts);
  dispatcher.start();
  return {
    name,
    stop: async () => {
      for (const end of unsubscribe) end();
      clearInterval(signs);
      house.stop();
      await dispatcher.stop();
      await db
        .deleteFrom("worker")
        .where("name", "=", name)
        .execute()
        .catch(() => undefined);
    },
  };
}
