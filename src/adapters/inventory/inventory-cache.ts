import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Fingerprint } from "./fingerprint.ts";
import { homeOf, type Surroundings } from "./surroundings.ts";

/** Outputs of ansible-inventory that need not be asked for again. */
export interface InventoryCache {
  load(fingerprint: Fingerprint): string | undefined;
  store(fingerprint: Fingerprint, output: string): void;
}

/** Answers that nobody has asked for since are removed after this many milliseconds. */
const longest = 30 * 24 * 60 * 60 * 1000;

/**
 * The user's own cache, in $XDG_CACHE_HOME/gantry/inventory or ~/.cache/gantry/inventory: a directory that nobody
 * else may enter (0700), files that nobody else may read (0600). Where it cannot be written, nothing is kept.
 */
export function openInventoryCache(surroundings: Surroundings): InventoryCache {
  const configured = surroundings.env["XDG_CACHE_HOME"] ?? "";
  const root = isAbsolute(configured) ? configured : join(homeOf(surroundings), ".cache");
  const directory = join(root, "gantry", "inventory");
  const fileOf = ({ key }: Fingerprint): string => join(directory, `${key}.json`);
  return {
    load(fingerprint) {
      try {
        const file = fileOf(fingerprint);
        if (!isPrivate(directory) || !isPrivate(file)) return undefined;
        const entry: unknown = JSON.parse(readFileSync(file, "utf8"));
        return outputOf(entry, fingerprint.state);
      } catch {
        return undefined;
      }
    },
    store(fingerprint, output) {
      const file = fileOf(fingerprint);
      const draft = `${file}.${process.pid}`;
      try {
        makePrivate(directory);
        removeOld(directory);
        writeFileSync(draft, JSON.stringify({ state: fingerprint.state, output }), { mode: 0o600 });
        renameSync(draft, file);
      } catch {
        rmSync(draft, { force: true });
      }
    },
  };
}

function outputOf(entry: unknown, state: string): string | undefined {
  if (typeof entry !== "object" || entry === null || !("state" in entry) || !("output" in entry)) return undefined;
  return entry.state === state && typeof entry.output === "string" ? entry.output : undefined;
}

/** Throws where the directory belongs to somebody else. */
function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
}

/** Ours, and closed to everybody else: nobody can have put an answer there. */
function isPrivate(path: string): boolean {
  const { uid, mode } = statSync(path);
  return uid === process.getuid?.() && (mode & 0o077) === 0;
}

function removeOld(directory: string): void {
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    if (Date.now() - statSync(file).mtimeMs > longest) rmSync(file, { force: true });
  }
}
