import type { ServerMessage } from "../../contract/socket.ts";

export type RunEvent = Extract<ServerMessage, { type: "event" }>["event"];

/** Puts the events of a run into order by their numbers, from 1: each comes out once, and none before the one before it. */
export class EventFeed {
  private last = 0;
  private readonly early = new Map<number, RunEvent>();

  /** The number of the last event that came out. */
  get seen(): number {
    return this.last;
  }

  /** Takes an event from wherever; the events that can be used now. */
  take(seq: number, event: RunEvent): readonly RunEvent[] {
    if (seq <= this.last) return [];
    this.early.set(seq, event);
    const ready: RunEvent[] = [];
    for (;;) {
      const next = this.early.get(this.last + 1);
      if (next === undefined) return ready;
      this.last++;
      this.early.delete(this.last);
      ready.push(next);
    }
  }

  /** Whether an event has come and one before it has not. */
  get hasHole(): boolean {
    return this.early.size > 0;
  }
}
