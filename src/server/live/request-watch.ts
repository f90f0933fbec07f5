import type { ServerMessage } from "../../contract/socket.ts";
import { despiteOutages } from "../logs/despite-outages.ts";
import { readBytes } from "../logs/log-bytes.ts";
import { readEvents } from "../logs/run-events.ts";
import type { Database } from "../store/database.ts";
import { fairPace } from "./fair-pace.ts";
import type { RequestMessage } from "./feed-message.ts";
import { logFrame } from "./log-frame.ts";
import type { Viewer } from "./viewer.ts";
import { readWatchedState, type WatchedState } from "./watched-request.ts";

/** Everybody who watches one request, and what they have been sent. It reads the database once for all of them. */
export interface RequestWatch {
  /** Tells a viewer the state, and sends it everything from now on. */
  add(viewer: Viewer): void;
  /** Tells a viewer the state again, since it may have missed something. */
  remind(viewer: Viewer): void;
  remove(viewer: Viewer): void;
  readonly watched: boolean;
  take(message: RequestMessage): void;
  /** Anything may have happened since the last message. */
  resync(): void;
}

/** Bytes that viewers may be behind the log; they are led to its end then, and read what is between over HTTP. */
const MOST_BEHIND = 64 * 2 ** 20;
const LED_TO = 2 ** 20;
/** Events that are read at a time. */
const EVENTS = 500;

interface Work {
  /** Viewers who are to be told the state. */
  readonly told: Set<Viewer>;
  /** All are to be told it, after the log and events that belong to it. */
  changed: boolean;
  log: number;
  events: number;
}
const nothing = (): Work => ({ told: new Set(), changed: false, log: 0, events: 0 });

export function createRequestWatch(db: Database, request: number, onTrouble: (error: unknown) => void): RequestWatch {
  const viewers = new Set<Viewer>();
  const unwatched = new AbortController();
  const patience = { signal: unwatched.signal, onTrouble };
  /** The run, and how much of its log and events has been sent; `null`: it is known that there is none yet. */
  let run: { readonly id: number; log: number; events: number } | null | undefined;
  let pending = nothing();
  let working = false;

  const adopt = ({ run: there, lastEvent }: WatchedState): void => {
    if (there === undefined) run ??= null;
    else if (run === undefined) run = { id: there.run, log: there.logBytes, events: lastEvent };
    // The run of the pre-task is followed by that of the other tasks.
    else if (run?.id !== there.run) run = { id: there.run, log: 0, events: 0 };
  };
  const sendLog = async (end: number): Promise<void> => {
    if (run == null) return;
    if (end - run.log > MOST_BEHIND) run.log = end - LED_TO;
    for await (const bytes of readBytes(db, run.id, run.log, end - run.log)) {
      const frame = logFrame(run.id, run.log, bytes);
      for (const viewer of viewers) viewer.offer(frame);
      run.log += bytes.length;
      await fairPace(viewers);
      if (viewers.size === 0) return;
    }
  };
  const sendEvents = async (end: number): Promise<void> => {
    for (;;) {
      if (run == null || run.events >= end) return;
      const events = await readEvents(db, run.id, run.events, EVENTS);
      if (events.length === 0) return;
      for (const { seq, event } of events) {
        const message: ServerMessage = { type: "event", run: run.id, seq, event };
        const text = JSON.stringify(message);
        for (const viewer of viewers) viewer.offer(text);
        run.events = seq;
      }
    }
  };
  const doWork = async (work: Work): Promise<void> => {
    const isUnknown = run === undefined || work.changed || work.told.size > 0;
    const state = isUnknown ? await despiteOutages(() => readWatchedState(db, request), patience) : undefined;
    if (state !== undefined) adopt(state);
    for (const viewer of work.told) if (state !== undefined) tell(viewer, state);
    await despiteOutages(() => sendLog(Math.max(work.log, state?.run?.logBytes ?? 0)), patience);
    await despiteOutages(() => sendEvents(Math.max(work.events, state?.lastEvent ?? 0)), patience);
    if (work.changed && state !== undefined) for (const viewer of viewers) tell(viewer, state);
  };
  const hasWork = (): boolean =>
    viewers.size > 0 && (pending.changed || pending.told.size > 0 || pending.log > 0 || pending.events > 0);
  const start = (): void => {
    if (working) return;
    working = true;
    void (async () => {
      while (hasWork()) {
        const work = pending;
        pending = nothing();
        await doWork(work).catch((error: unknown) => unwatched.signal.aborted || onTrouble(error));
      }
      working = false;
    })();
  };
  const ask = (change: (work: Work) => void): void => {
    change(pending);
    start();
  };

  return {
    add: (viewer) => {
      viewers.add(viewer);
      ask((work) => work.told.add(viewer));
    },
    remind: (viewer) => ask((work) => work.told.add(viewer)),
    remove: (viewer) => {
      viewers.delete(viewer);
      pending.told.delete(viewer);
      if (viewers.size === 0) unwatched.abort();
    },
    get watched() {
      return viewers.size > 0;
    },
    take: (message) =>
      ask((work) => {
        const isKnown = "run" in message && run?.id === message.run;
        if (message.type === "log" && isKnown) work.log = Math.max(work.log, message.logBytes);
        else if (message.type === "events" && isKnown) work.events = Math.max(work.events, message.to);
        else work.changed = true;
      }),
    resync: () => ask((work) => (work.changed = true)),
  };
}

function tell(viewer: Viewer, { request, run }: WatchedState): void {
  viewer.tell(request);
  if (run !== undefined) viewer.tell(run);
}
