import { useEffect, useState, useSyncExternalStore } from "react";
import type { RunState } from "../../contract/states.ts";
import type { LogSource } from "./log-source.ts";
import { LogStore } from "./log-store.ts";

/** The log of a run, read and listened to for as long as the component is there. `source` must stay the same. */
export function useLogStore(source: LogSource, state: RunState, logBytes: number): LogStore {
  const [store] = useState(() => new LogStore({ source, state, logBytes }));
  useEffect(() => store.open(), [store]);
  useEffect(() => store.runIs(state, logBytes), [store, state, logBytes]);
  useSyncExternalStore(store.subscribe, store.version);
  return store;
}
