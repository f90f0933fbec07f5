import { DefinitionStore } from "../definitions/definition-store.ts";
import { createQueue } from "../jobs/queue.ts";
import { startWorker } from "../jobs/worker.ts";
import { openFeed } from "../live/feed.ts";
import type { ServerOptions, Started } from "../main.ts";
import { createPlaces } from "../places/places.ts";
import { verifyPlace } from "../places/verify-place.ts";
import type { StartWords } from "../words/start-words.ts";
import { dataFolderOf } from "./data-folder.ts";
import { openStore } from "./open-store.ts";
import { openPlaces } from "./open-places.ts";

/** Runs that one process follows at once. */
const CAPACITY = 100;

/** Starts a worker beside a console: against its DATABASE_URL, or the PostgreSQL in its data folder. */
export async function startWorkerProcess(options: ServerOptions, words: StartWords): Promise<Started> {
  const { env, stdout, stderr, installation } = options;
  let stopping = false;
  const onError = (error: Error): void => {
    if (!stopping) stderr.write(`${new Date().toISOString()} ${error.message}\n`);
  };
  const onTrouble = (error: unknown): void => onError(error instanceof Error ? error : new Error(String(error)));
  const dataFolder = dataFolderOf(options.data, env);
  const opened = await openStore({ dataFolder, env, role: "worker", words, onError });
  if (!opened.ok) return opened.failure;
  const { db, address, box, close } = opened.value;
  const store = new DefinitionStore(db);
  const queue = createQueue(address, { supervise: true, onError });
  const feed = openFeed({ address, application: "gantry-worker-feed", onTrouble });
  await Promise.all([queue.start(), feed.listening]);
  const places = createPlaces(store, box, openPlaces({ dataFolder, env, installation }), verifyPlace);
  const worker = startWorker({ db, queue, feed, places, box, capacity: CAPACITY, onError });
  stdout.write(`${words.workerReady(worker.name)}\n`);
  return {
    stop: async () => {
      stopping = true;
      await worker.stop();
      await places.close();
      await queue.stop();
      await feed.close();
      await close();
    },
  };
}
