import type { SignedIn } from "../accounts/signed-in.ts";
import type { ServerMessage } from "../../contract/socket.ts";
import type { Feed } from "./feed.ts";
import type { Viewer } from "./viewer.ts";

type RequestMessage = Extract<ServerMessage, { type: "request" }>;

export interface ListViewer {
  readonly account: () => SignedIn;
  readonly viewer: Viewer;
}

/** Tells those who watch lists which requests have changed, each of them only of requests that it may see. */
export interface RequestList {
  add(viewer: ListViewer): void;
  remove(viewer: ListViewer): void;
  close(): void;
}

export function createRequestList(
  feed: Feed,
  maySee: (account: SignedIn, request: number) => Promise<boolean>,
  onTrouble: (error: unknown) => void,
): RequestList {
  const viewers = new Set<ListViewer>();
  /** The newest message of each request that is still to be told. */
  const pending = new Map<number, RequestMessage>();
  let telling = false;

  const tellAll = async (message: RequestMessage): Promise<void> => {
    // Somebody with many pages open is asked about once; an API token may see less than its owner.
    const answers = new Map<string, Promise<boolean>>();
    const tell = async ({ account, viewer }: ListViewer): Promise<void> => {
      const asked = account();
      const key = "token" in asked.via ? `token ${asked.via.token}` : `account ${asked.id}`;
      const answer = answers.get(key) ?? maySee(asked, message.request);
      answers.set(key, answer);
      if (await answer) viewer.tell(message);
    };
    await Promise.all(Array.from(viewers, tell));
  };
  const tellPending = async (): Promise<void> => {
    for (let next = takeFirst(pending); next !== undefined; next = takeFirst(pending))
      await tellAll(next).catch(onTrouble);
    telling = false;
  };
  const end = feed.onMessage((message) => {
    if (message.type !== "request" || viewers.size === 0) return;
    pending.set(message.request, message);
    if (telling) return;
    telling = true;
    void tellPending();
  });
  return { add: (viewer) => void viewers.add(viewer), remove: (viewer) => void viewers.delete(viewer), close: end };
}

function takeFirst<T>(map: Map<number, T>): T | undefined {
  for (const [key, value] of map) {
    map.delete(key);
    return value;
  }
  return undefined;
}
