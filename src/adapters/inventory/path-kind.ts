import { statSync } from "node:fs";

/** What a path leads to, through symbolic links; undefined where nothing is there or can be seen. Never throws. */
export function pathKind(path: string): "directory" | "pipe" | "file" | undefined {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return "directory";
    return stats.isFIFO() ? "pipe" : "file";
  } catch {
    return undefined;
  }
}

/** The system's words for why something with a file did not work. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
