import { createHash } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { InventoryContext } from "./inventory.ts";
import { compareText, extension } from "./python-text.ts";
import type { Source } from "./sources.ts";
import { isVault } from "./vault.ts";

/** What an output of ansible-inventory was made from. */
export interface Fingerprint {
  /** The question: sources, settings, program. */
  readonly key: string;
  /** The state of all files that the answer depends on. */
  readonly state: string;
}

/** More files than that are not looked at for the sake of a cache. */
const mostFiles = 5000;

/**
 * Describes what an output of ansible-inventory depends on: the sources, the group_vars and host_vars next to them
 * and in the playbook directory, ansible.cfg, the environment and the program. Undefined when the answer may change
 * without any of them (programs, plugins) or must not be written down (Ansible Vault).
 */
export function fingerprint(
  program: string,
  sources: readonly Source[],
  context: InventoryContext,
): Fingerprint | undefined {
  try {
    return context.settings.dynamic ? undefined : fingerprintOf(program, sources, context);
  } catch {
    // A file went away meanwhile, or cannot be read: then the answer is not kept.
    return undefined;
  }
}

function fingerprintOf(
  program: string,
  sources: readonly Source[],
  { settings, surroundings }: InventoryContext,
): Fingerprint | undefined {
  const paths = sources.filter(({ kind }) => kind === "path").map(({ text }) => text);
  const sourceFiles = paths.flatMap(filesUnder);
  if (sourceFiles.some(isDynamic)) return undefined;
  const bases = new Set([...paths.map(baseOf), settings.playbookDirectory]);
  const folders = [...bases].flatMap((base) => [join(base, "group_vars"), join(base, "host_vars")]);
  const variables = folders.flatMap(filesUnder);
  if ([...sourceFiles, ...variables].some(isEncrypted)) return undefined;
  const config = settings.configFile === undefined ? [] : [settings.configFile];
  const state = [...new Set([realpathSync(program), ...config, ...sourceFiles, ...variables])].map(stateOf);
  const env = Object.entries(surroundings.env).filter(([name]) => /^(?:ANSIBLE_|HOME$|PYTHON)/.test(name));
  const question = [program, sources, surroundings.cwd, settings.playbookDirectory, env.toSorted(byName)];
  return { key: digest(question), state: digest(state) };
}

/** A file, or all files in a directory and below, through symbolic links too. */
function filesUnder(path: string): string[] {
  const found: string[] = [];
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const stats = statSync(next, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) waiting.push(...readdirSync(next).map((name) => join(next ?? "", name)));
    else if (stats !== undefined) found.push(next);
    if (found.length > mostFiles) throw new Error("too many files for a cache");
  }
  return found;
}

function baseOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

/** A program, or the configuration of a plugin. */
function isDynamic(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    const suffix = extension(file);
    if (suffix !== "" && !/^\.(?:ya?ml|json|config)$/.test(suffix)) return false;
    return /^\s*["'{]*\s*plugin["']?\s*:/m.test(readFileSync(file, "utf8"));
  }
}

/** Whether Ansible Vault encrypted a file: what it says is not written down in the clear. */
function isEncrypted(file: string): boolean {
  const start = Buffer.alloc(32);
  const descriptor = openSync(file, "r");
  try {
    const length = readSync(descriptor, start, 0, start.length, 0);
    return isVault(start.toString("latin1", 0, length));
  } finally {
    closeSync(descriptor);
  }
}

function stateOf(file: string): readonly unknown[] {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  return [file, String(stats?.size), String(stats?.mtimeNs), String(stats?.ctimeNs)];
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return compareText(a, b);
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
