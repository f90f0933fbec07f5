import type { WebSocket } from "ws";
import type { ServerMessage } from "../../contract/socket.ts";

/** Bytes that may wait for a viewer before it is left out, and those at which it is waited for. */
const MOST_WAITING = 4 * 2 ** 20;
const ROOM = 2 ** 20;
/** Milliseconds for which a slow viewer is not waited for: the first time, doubled each time, and the longest. */
const SLOW_FOR = { first: 5000, longest: 300_000 };

/** A page at the other end of a WebSocket. */
export interface Viewer {
  /** Sends what is small and must arrive. */
  tell(message: ServerMessage): void;
  /** Sends what can also be read over HTTP; leaves it out where the viewer has not taken much of what was sent before. */
  offer(data: Buffer | string): void;
  /** Has room for more. */
  hasRoom(): boolean;
  /** Is not waited for: it has kept others waiting lately. */
  isSlow(): boolean;
  /** Is known to be slow for a while. */
  giveUp(): void;
  /** Asks for a sign of life; true where there has been one since the last two times it was asked. */
  isAlive(): boolean;
}

/** `onCaughtUp` is called when a viewer that was left out has room again, since it may not know that it has missed something. */
export function createViewer(socket: WebSocket, onCaughtUp: () => void): Viewer {
  let slowUntil = 0;
  let slowFor = SLOW_FOR.first;
  let missed = false;
  let silent = 0;
  let congested = false;
  socket.on("pong", () => (silent = 0));
  const hasRoom = (): boolean => socket.bufferedAmount < ROOM;
  const send = (data: Buffer | string): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(data, (error) => {
      if (error != null) return;
      // The answer of a slow viewer to a ping has to wait behind all that is on its way; that it takes that is enough.
      if (congested) silent = 0;
      if (missed && hasRoom()) {
        missed = false;
        onCaughtUp();
      }
    });
  };
  return {
    tell: (message) => send(JSON.stringify(message)),
    offer: (data) => {
      if (socket.bufferedAmount <= MOST_WAITING) send(data);
      else missed = true;
    },
    hasRoom,
    isSlow: () => performance.now() < slowUntil,
    giveUp: () => {
      slowUntil = performance.now() + slowFor;
      slowFor = Math.min(slowFor * 2, SLOW_FOR.longest);
    },
    isAlive: () => {
      congested = socket.bufferedAmount > 0;
      socket.ping();
      return ++silent <= 2;
    },
  };
}
