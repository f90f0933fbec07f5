import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { BoardStore, type EventSource } from "./board-store.ts";
import type { RunEvent } from "./event-feed.ts";

type Listener = Parameters<EventSource["listen"]>[0];

const at = "2026-11-23T10:10:10.000Z";
const begun = (seq: number, project: string): RunEvent => ({
  type: "run-started",
  run: "r",
  mode: "update",
  environment: "prod",
  project,
  image: undefined,
  hosts: ["lab1", "lab2"],
  pattern: project,
  user: "wang",
  machine: "m",
  v: 1,
  seq,
  at,
});
const reached = (seq: number, host: string): RunEvent => ({
  type: "host-reached",
  host,
  running: [],
  seconds: 1,
  v: 1,
  seq,
  at,
});

/** A run whose events are kept by a server and told to whoever listens, unless they get lost. */
class Events {
  readonly all: RunEvent[] = [];
  listener: Listener | undefined;
  reads = 0;

  add(event: RunEvent, lost = false): void {
    this.all.push(event);
    if (!lost) this.listener?.event(this.all.length, event);
  }

  readonly source: EventSource = {
    read: (after, limit) => {
      this.reads++;
      const items = this.all.map((event, index) => ({ seq: index + 1, event })).slice(after, after + limit);
      return Promise.resolve({ items });
    },
    listen: (listener) => {
      this.listener = listener;
      return () => {
        this.listener = undefined;
      };
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("reads what there was, takes what comes, and reads what got lost", async () => {
  const events = new Events();
  events.add(begun(1, "demo1"));
  const store = new BoardStore(events.source);
  const close = store.open();
  await vi.advanceTimersByTimeAsync(1000);
  events.add(reached(2, "lab1"), true);
  events.add(reached(3, "lab2"));
  await vi.advanceTimersByTimeAsync(1000);
  expect([...(store.boards[0]?.rows.values() ?? [])].map(({ connected }) => connected)).toEqual([true, true]);
  close();
});

it("begins another board with each Gantry line of the request", async () => {
  const events = new Events();
  const store = new BoardStore(events.source);
  const close = store.open();
  await vi.advanceTimersByTimeAsync(1000);
  for (const event of [begun(1, "demo1"), reached(2, "lab1"), begun(1, "demo2")]) events.add(event);
  expect(store.boards.map(({ title }) => title[1])).toEqual(["demo1", "demo2"]);
  close();
});

it("reads more events than one answer holds", async () => {
  const events = new Events();
  events.add(begun(1, "demo1"));
  for (let seq = 2; seq <= 4500; seq++) events.add(reached(seq, "lab1"));
  events.add(reached(4501, "lab2"));
  const store = new BoardStore(events.source);
  const close = store.open();
  await vi.advanceTimersByTimeAsync(1000);
  expect(store.boards[0]?.rows.get("lab2")?.connected).toBe(true);
  expect(events.reads).toBe(3);
  close();
});
