import type { WebSocket } from "ws";
import type { SignedIn } from "../accounts/signed-in.ts";
import { parseClientMessage } from "./client-message.ts";
import type { ListViewer, RequestList } from "./request-list.ts";
import { createViewer } from "./viewer.ts";
import type { Watches } from "./watches.ts";

/** Requests that one page may watch at a time, and messages of it that may wait. */
const MOST_WATCHED = 50;
const MOST_WAITING = 100;

export interface ConnectionParts {
  readonly socket: WebSocket;
  readonly account: SignedIn;
  /** The account of the session as it is now; undefined once the session has ended. */
  readonly again: () => Promise<SignedIn | undefined>;
  readonly maySee: (account: SignedIn, request: number) => Promise<boolean>;
  readonly watches: Watches;
  readonly list: RequestList;
}

/** One page's WebSocket: what it watches, and whether it still may. */
export interface LiveConnection {
  /** Sends a sign of life, ends a dead peer, and asks again for session and permissions. */
  beat(): Promise<void>;
  /** Forgets what it watched. */
  end(): void;
}

export function createConnection(parts: ConnectionParts): LiveConnection {
  const { socket, again, maySee, watches, list } = parts;
  let { account } = parts;
  const watched = new Set<number>();
  const viewer = createViewer(socket, () => {
    for (const request of watched) watches.remind(request, viewer);
  });
  const listViewer: ListViewer = { account: () => account, viewer };
  let waiting = 0;
  let handled = Promise.resolve();

  const unwatch = (request: number): void => {
    if (watched.delete(request)) watches.remove(request, viewer);
  };
  const watch = async (request: number): Promise<void> => {
    const allowed = (watched.has(request) || watched.size < MOST_WATCHED) && (await maySee(account, request));
    if (socket.readyState !== socket.OPEN) return;
    if (!allowed) return viewer.tell({ type: "refused", request });
    watched.add(request);
    watches.add(request, viewer);
  };
  const handle = async (text: string): Promise<void> => {
    if (socket.readyState !== socket.OPEN) return;
    const message = parseClientMessage(text);
    if (message === undefined) return socket.close(1008, "not a message of this protocol");
    if ("unwatch" in message) return unwatch(message.request);
    if (message.watch === "requests") return list.add(listViewer);
    await watch(message.request);
  };
  socket.on("message", (data, isBinary) => {
    if (isBinary || ++waiting > MOST_WAITING) return socket.close(1008, "more than this protocol allows");
    const text = Buffer.isBuffer(data) ? data.toString("utf8") : "";
    // One after another: an unwatch must not overtake the watch before it.
    handled = handled
      .then(() => handle(text))
      // The page connects again when it is closed, so nothing is lost.
      .catch(() => socket.close(1011, "try again"))
      .finally(() => waiting--);
  });

  return {
    beat: async () => {
      if (socket.readyState !== socket.OPEN) return;
      if (!viewer.isAlive()) return socket.terminate();
      viewer.offer(JSON.stringify({ type: "alive" }));
      const now = await again();
      if (now === undefined || now.id !== account.id || now.mustEnrolTotp || now.mustChangePassword)
        return socket.close(4401, "the session has ended");
      account = now;
      for (const request of watched) {
        if (await maySee(account, request)) continue;
        unwatch(request);
        viewer.tell({ type: "refused", request });
      }
    },
    end: () => {
      for (const request of watched) unwatch(request);
      list.remove(listViewer);
    },
  };
}
