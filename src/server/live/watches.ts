import type { Database } from "../store/database.ts";
import type { Feed } from "./feed.ts";
import { createRequestWatch, type RequestWatch } from "./request-watch.ts";
import type { Viewer } from "./viewer.ts";

/** The requests that are being watched, each kept up to date by the feed for as long as somebody watches it. */
export interface Watches {
  add(request: number, viewer: Viewer): void;
  remove(request: number, viewer: Viewer): void;
  /** Tells a viewer again how the request stands. */
  remind(request: number, viewer: Viewer): void;
  close(): void;
}

export function createWatches(db: Database, feed: Feed, onTrouble: (error: unknown) => void): Watches {
  const watches = new Map<number, RequestWatch>();
  const endMessages = feed.onMessage((message) => {
    if ("request" in message) watches.get(message.request)?.take(message);
  });
  const endResyncs = feed.onResync(() => {
    for (const watch of watches.values()) watch.resync();
  });
  return {
    add: (request, viewer) => {
      const watch = watches.get(request) ?? createRequestWatch(db, request, onTrouble);
      watches.set(request, watch);
      watch.add(viewer);
    },
    remove: (request, viewer) => {
      const watch = watches.get(request);
      watch?.remove(viewer);
      if (watch?.watched === false) watches.delete(request);
    },
    remind: (request, viewer) => watches.get(request)?.remind(viewer),
    close: () => {
      endMessages();
      endResyncs();
    },
  };
}
