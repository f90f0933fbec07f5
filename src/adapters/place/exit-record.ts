import type { ExitRecord, LineResult } from "./place.ts";

/** Reads a spool's `exit`; undefined when it is not what the supervisor writes. */
export function parseExitRecord(text: string): ExitRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const { results, timedOut, stopped } = value;
    if (!Array.isArray(results) || typeof timedOut !== "boolean" || typeof stopped !== "boolean") return undefined;
    const lines: readonly unknown[] = results;
    return lines.every(isLineResult) ? { results: lines, timedOut, stopped } : undefined;
  } catch {
    return undefined;
  }
}

function isLineResult(value: unknown): value is LineResult {
  if (!isObject(value)) return false;
  const { task, line, exitCode, signal, startedAt, endedAt } = value;
  return (
    (task === "pre" || task === "main" || task === "post") &&
    typeof line === "number" &&
    // Exactly one of them says how it ended.
    ((typeof exitCode === "number" && signal === null) || (exitCode === null && typeof signal === "string")) &&
    typeof startedAt === "string" &&
    typeof endedAt === "string"
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
