import type { Renderer, Write } from "./renderer.ts";

/** One event a line, as JSON: for programs. */
export function ndjsonRenderer(write: Write): Renderer {
  return {
    event: (event) => write(`${JSON.stringify(event)}\n`),
    close: () => {},
  };
}
