import type { RemoteProcess } from "../../engine/ports.ts";
import { childClosed, endChild, type Child } from "./child.ts";
import { readLines } from "./line-reader.ts";

/** Milliseconds for a process to end after its standard input did; then it is signalled. */
const PATIENCE = 800;

/** A started process as the port describes it. Its errors are thrown away. */
export function resident(child: Child): RemoteProcess {
  child.stderr.resume();
  return {
    lines: readLines(child.stdout),
    write: (text) => void (child.stdin.writable && child.stdin.write(text)),
    close: () => endChild(child, PATIENCE),
    ended: childClosed(child),
  };
}
