import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

const LINES = 12;
const BYTES = 4096;

/** The last lines that the server has written to its log, of the file written last; empty when there are none. */
export function lastLogLines(postgresFolder: string): string {
  const folder = join(postgresFolder, "log");
  try {
    const files = readdirSync(folder).map((name) => join(folder, name));
    const [newest] = files.map((path) => ({ path, at: statSync(path).mtimeMs })).toSorted((a, b) => b.at - a.at);
    return newest === undefined ? "" : lastLines(readEnd(newest.path));
  } catch {
    return "";
  }
}

/** The last lines of a text, without what PostgreSQL says at each start. */
export function lastLines(text: string): string {
  const lines = text.split("\n").filter((line) => line !== "" && !/log output (to|will appear)/.test(line));
  return lines.slice(-LINES).join("\n");
}

function readEnd(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(BYTES);
    const count = readSync(file, bytes, 0, BYTES, Math.max(0, fstatSync(file).size - BYTES));
    return bytes.toString("utf8", 0, count);
  } finally {
    closeSync(file);
  }
}
