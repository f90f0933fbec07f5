import { useEffect, useState, useSyncExternalStore } from "react";
import type { BoardState } from "../../contract/board-state.ts";
import type { Run } from "../../contract/requests.ts";
import { ENDED_RUN_STATES } from "../../contract/states.ts";
import { type Api, useApi } from "../api/api.tsx";
import { useIntervalWhileNotLive } from "../api/while-not-live.ts";
import { BoardStore, type EventSource } from "./board-store.ts";
import type { RunEvent } from "./event-feed.ts";

function apiEvents({ call, live }: Api, request: number, run: number): EventSource {
  return {
    read: async (after, limit, signal) => {
      const answer = await call("GET /runs/:id/events", { params: { id: run }, query: { after, limit } }, { signal });
      return { items: answer.items.map(({ seq, event }) => ({ seq, event: event as unknown as RunEvent })) };
    },
    listen: ({ event, missed }) =>
      live.subscribe(request, {
        event: (message) => {
          if (message.run === run) event(message.seq, message.event);
        },
        reconnected: missed,
      }),
  };
}

/** The boards of a run's Gantry lines, live, and whether its events cannot be read. */
export function useBoards(run: Run): { readonly boards: readonly BoardState[]; readonly failed: boolean } {
  const api = useApi();
  const [store] = useState(() => new BoardStore(apiEvents(api, run.request, run.id)));
  useEffect(() => store.open(), [store]);
  const ended = ENDED_RUN_STATES.includes(run.state);
  useEffect(() => {
    if (ended) store.complete();
  }, [store, ended]);
  const interval = useIntervalWhileNotLive();
  useEffect(() => {
    if (ended || interval === false) return undefined;
    const timer = setInterval(() => store.complete(), interval);
    return () => clearInterval(timer);
  }, [store, ended, interval]);
  useSyncExternalStore(store.subscribe, store.version);
  return { boards: store.boards, failed: store.failed };
}
