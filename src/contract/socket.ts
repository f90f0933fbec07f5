import type { RunEvent } from "../engine/events.ts";
import type { RequestState, RunState } from "./states.ts";

/**
 * What travels over the WebSocket `/api/v1/live`. Log bytes are binary messages: 8 bytes run id, 8 bytes offset (both
 * big-endian unsigned), then the bytes. Everything else is JSON text.
 */
export type ClientMessage =
  /** Watch a request: its state, its run's events and log from now on. */
  | { readonly watch: "request"; readonly request: number }
  | { readonly unwatch: "request"; readonly request: number }
  /** Watch the lists: which requests have changed. */
  | { readonly watch: "requests" };

export type ServerMessage =
  | {
      readonly type: "request";
      readonly request: number;
      readonly state: RequestState;
      readonly version: number;
    }
  | {
      readonly type: "run";
      readonly request: number;
      readonly run: number;
      readonly state: RunState;
      readonly logBytes: number;
      readonly logLines: number;
    }
  | { readonly type: "event"; readonly run: number; readonly seq: number; readonly event: RunEvent }
  | { readonly type: "refused"; readonly request: number }
  /** Sent every 10 s, so that a page can tell a quiet log from a dead connection. */
  | { readonly type: "alive" };
