import type { RunEvent } from "../../engine/events.ts";

/** Shows a run to somebody: a terminal, a log file, a program. */
export interface Renderer {
  event(event: RunEvent): void;
  /** Called once, after the last event. */
  close(): void;
}

/** Where a renderer writes: a stream or a file. */
export type Write = (text: string) => void;
