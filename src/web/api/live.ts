import type { ClientMessage, ServerMessage } from "../../contract/socket.ts";

type Of<T extends ServerMessage["type"]> = Extract<ServerMessage, { type: T }>;

/** What a page is told about a request that it watches. */
interface RequestHandlers {
  readonly request?: (message: Of<"request">) => void;
  readonly run?: (message: Of<"run">) => void;
  /** Of runs of other requests too, where it is not known yet whose run it is: compare `run`. */
  readonly event?: (message: Of<"event">) => void;
  /** Bytes of a run's log, which stand at that offset. What lies before and is missing has to be read over HTTP. */
  readonly log?: (run: number, offset: number, bytes: Uint8Array) => void;
  readonly refused?: () => void;
  /** The connection was away and is back: messages may have been missed. */
  readonly reconnected?: () => void;
}

/** `stale`: nothing has come for so long that what is shown may be old. */
export type LiveState = "connecting" | "live" | "stale";

export interface Live {
  /** Watches a request until the function that it returns is called. */
  readonly subscribe: (request: number, handlers: RequestHandlers) => () => void;
  readonly state: () => LiveState;
  readonly onState: (listener: () => void) => () => void;
  /** Connects, and stays connected until the function that it returns is called. */
  readonly open: () => () => void;
}

export interface LiveSetting {
  readonly connect: () => WebSocket;
  /** A request has changed, or (null) any may have. */
  readonly changed: (request: number | null) => void;
  /** A connection could not be made, or was closed for that: the session may have ended. */
  readonly failed: () => void;
  /** Calls back when the browser loses or gets its network, until the function that it returns is called. */
  readonly network?: (listener: (online: boolean) => void) => () => void;
  /** Milliseconds without a message after which the state is `stale`. */
  readonly staleAfter?: number;
  readonly random?: () => number;
}

const LONGEST_PAUSE = 30_000;
/** The code by which the server closes when the session has ended. */
const SESSION_ENDED = 4401;

/** Milliseconds to wait before the next attempt: doubled each time, and spread so that not all come at once. */
export function pauseBefore(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_PAUSE, 500 * 2 ** attempt);
  return longest / 2 + (random() * longest) / 2;
}

/** Reads a binary message: run id and offset, both 8 bytes, then the bytes of the log. */
export function logMessage(data: ArrayBuffer): { run: number; offset: number; bytes: Uint8Array } {
  const view = new DataView(data);
  return {
    run: Number(view.getBigUint64(0)),
    offset: Number(view.getBigUint64(8)),
    bytes: new Uint8Array(data, 16),
  };
}

/** One WebSocket for the whole page, which comes back by itself and watches again what was watched. */
export function createLive(setting: LiveSetting): Live {
  const watched = new Map<number, Set<RequestHandlers>>();
  const runs = new Map<number, number>();
  const listeners = new Set<() => void>();
  let state: LiveState = "connecting";
  let socket: WebSocket | null = null;
  let attempt = 0;
  let wasOpen = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const setState = (next: LiveState): void => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const send = (message: ClientMessage): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const each = (request: number, tell: (handlers: RequestHandlers) => void): void => {
    for (const handlers of watched.get(request) ?? []) tell(handlers);
  };
  /** What comes from a run that has not been named yet, since it has only just begun, all are told of. */
  const eachOf = (run: number, tell: (handlers: RequestHandlers) => void): void => {
    const request = runs.get(run);
    for (const of of request === undefined ? watched.keys() : [request]) each(of, tell);
  };
  const heard = (): void => {
    setState("live");
    clearTimeout(silence);
    silence = setTimeout(() => {
      setState("stale");
      // A connection that has gone silent is dead, whatever the browser still believes.
      socket?.close();
    }, setting.staleAfter ?? 25_000);
  };

  const receive = (data: unknown): void => {
    heard();
    if (data instanceof ArrayBuffer) {
      const { run, offset, bytes } = logMessage(data);
      eachOf(run, (handlers) => handlers.log?.(run, offset, bytes));
      return;
    }
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.type === "request") {
      setting.changed(message.request);
      each(message.request, (handlers) => handlers.request?.(message));
    } else if (message.type === "run") {
      runs.set(message.run, message.request);
      each(message.request, (handlers) => handlers.run?.(message));
    } else if (message.type === "event") eachOf(message.run, (handlers) => handlers.event?.(message));
    else if (message.type === "refused") each(message.request, (handlers) => handlers.refused?.());
  };

  const opened = (): void => {
    attempt = 0;
    heard();
    send({ watch: "requests" });
    for (const request of watched.keys()) send({ watch: "request", request });
    if (wasOpen) {
      setting.changed(null);
      for (const request of watched.keys()) each(request, (handlers) => handlers.reconnected?.());
    }
    wasOpen = true;
  };

  const connect = (): void => {
    let open = false;
    const made = setting.connect();
    socket = made;
    made.binaryType = "arraybuffer";
    made.addEventListener("open", () => {
      open = true;
      opened();
    });
    made.addEventListener("message", (event) => receive(event.data));
    made.addEventListener("close", ({ code }) => {
      if (socket !== made) return;
      clearTimeout(silence);
      setState(wasOpen ? "stale" : "connecting");
      if (!open || code === SESSION_ENDED) setting.failed();
      retry = setTimeout(connect, pauseBefore(attempt++, setting.random ?? Math.random));
    });
  };

  const networkIs = (online: boolean): void => {
    if (!online) {
      if (wasOpen) setState("stale");
      // Should the server be there all the same, as on this very machine, the next attempt finds it.
      socket?.close();
    } else if (state !== "live") {
      clearTimeout(retry);
      attempt = 0;
      const before = socket;
      connect();
      before?.close();
    }
  };

  return {
    subscribe: (request, handlers) => {
      const others = watched.get(request) ?? new Set();
      if (others.size === 0) send({ watch: "request", request });
      watched.set(request, others.add(handlers));
      return () => {
        others.delete(handlers);
        if (others.size > 0) return;
        watched.delete(request);
        for (const [run, of] of runs) if (of === request) runs.delete(run);
        send({ unwatch: "request", request });
      };
    },
    state: () => state,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: () => {
      if (socket === null) connect();
      const unlisten = setting.network?.(networkIs);
      return () => {
        unlisten?.();
        const closing = socket;
        socket = null;
        clearTimeout(retry);
        clearTimeout(silence);
        closing?.close();
        wasOpen = false;
        attempt = 0;
        setState("connecting");
      };
    },
  };
}
