import type { Api } from "../api/api.tsx";
import type { LogSource } from "./log-source.ts";

/** The log of a run as the server has it, with what comes live. */
export function apiLogSource({ call, live }: Api, request: number, run: number): LogSource {
  const params = { id: run };
  return {
    lines: (line, limit, signal) => call("GET /runs/:id/log/lines", { params, query: { line, limit } }, { signal }),
    bytes: (from, limit, signal) => call("GET /runs/:id/log", { params, query: { from, limit } }, { signal }),
    search: (query, signal) => call("GET /runs/:id/log/search", { params, query }, { signal }),
    listen: (listener) => {
      const tellState = (): void => listener.connection(live.state() === "live");
      const forgetState = live.onState(tellState);
      const unsubscribe = live.subscribe(request, {
        run: (message) => {
          if (message.run === run) listener.run(message.state, message.logBytes);
        },
        log: (of, offset, bytes) => {
          if (of === run) listener.bytes(offset, bytes);
        },
        reconnected: listener.reconnected,
      });
      tellState();
      return () => {
        forgetState();
        unsubscribe();
      };
    },
  };
}
