import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { connectionOptions, type DatabaseAddress } from "../store/database.ts";
import { FEED_CHANNEL, parseFeedMessage, type FeedMessage } from "./feed-message.ts";

export interface FeedParts {
  readonly address: DatabaseAddress;
  /** Name of the connection, as the database shows it. */
  readonly application: string;
  /** Hears why a connection was lost or could not be made; the next one is tried anyway. */
  readonly onTrouble: (error: unknown) => void;
}

/** What happens in the database, whichever server or worker did it, over one connection of its own. */
export interface Feed {
  /** Resolves when it listens for the first time. */
  readonly listening: Promise<void>;
  /** Calls for each message, in order of the transactions that sent them. Returns what ends it. */
  onMessage(listener: (message: FeedMessage) => void): () => void;
  /** Calls whenever it listens again after it did not: messages may have been missed, so state has to be read anew. */
  onResync(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Milliseconds between tries to connect: the first, and the longest. */
const PAUSES = { first: 100, longest: 5000 };
/** Milliseconds between two questions whether the connection still works, and until there has to be an answer. */
const CHECK = { every: 10_000, answer: 5000 };

export function openFeed({ address, application, onTrouble }: FeedParts): Feed {
  const messages = new Set<(message: FeedMessage) => void>();
  const resyncs = new Set<() => void>();
  const listening = Promise.withResolvers<void>();
  const closed = new AbortController();
  let pause = PAUSES.first;

  const listen = async (): Promise<void> => {
    const client = new Client(connectionOptions(address, application));
    const lost = new Promise<void>((resolve) => {
      client.on("end", resolve);
      client.on("error", (error) => {
        if (!closed.signal.aborted) onTrouble(error);
        resolve();
      });
    });
    client.on("notification", ({ payload }) => {
      const message = parseFeedMessage(payload ?? "");
      if (message !== undefined) for (const listener of messages) listener(message);
    });
    try {
      await client.connect();
      await client.query(`listen ${FEED_CHANNEL}`);
      pause = PAUSES.first;
      listening.resolve();
      for (const listener of resyncs) listener();
      await untilLost(client, lost, closed.signal);
    } finally {
      void client.end().catch(() => {});
    }
  };
  const running = (async () => {
    while (!closed.signal.aborted) {
      await listen().catch((error: unknown) => closed.signal.aborted || onTrouble(error));
      await sleep(pause, undefined, { signal: closed.signal }).catch(() => {});
      pause = Math.min(pause * 2, PAUSES.longest);
    }
  })();

  return {
    listening: listening.promise,
    onMessage: (listener) => addTo(messages, listener),
    onResync: (listener) => addTo(resyncs, listener),
    close: async () => {
      closed.abort();
      await running;
    },
  };
}

/** Resolves when the connection is lost, does not answer any more, or is no longer wanted. */
async function untilLost(client: Client, lost: Promise<void>, closed: AbortSignal): Promise<void> {
  const over = new AbortController();
  const end = lost.then(() => over.abort());
  const signal = AbortSignal.any([closed, over.signal]);
  while (!signal.aborted) {
    await sleep(CHECK.every, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const late = sleep(CHECK.answer, "late", { signal }).catch(() => "over");
    const answer = await Promise.race([client.query("select 1"), late, end]);
    if (answer === "late") throw new Error(`The database did not answer within ${CHECK.answer / 1000} s.`);
  }
}

function addTo<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
