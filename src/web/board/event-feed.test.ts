import { expect, it } from "vitest";
import { EventFeed, type RunEvent } from "./event-feed.ts";

const event = (seq: number): RunEvent => ({ type: "batch-started", batch: seq, of: 9, hosts: [], v: 1, seq, at: "" });
const numbers = (events: readonly RunEvent[]): readonly number[] => events.map(({ seq }) => seq);

it("gives events in their order, each once, whatever order they come in", () => {
  const feed = new EventFeed();
  expect(numbers(feed.take(2, event(2)))).toEqual([]);
  expect(feed.hasHole).toBe(true);
  expect(numbers(feed.take(1, event(1)))).toEqual([1, 2]);
  expect(numbers(feed.take(2, event(2)))).toEqual([]);
  expect(numbers(feed.take(3, event(3)))).toEqual([3]);
  expect(feed.seen).toBe(3);
  expect(feed.hasHole).toBe(false);
});
