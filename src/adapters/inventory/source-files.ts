import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import { pythonRegExp } from "./python-regex.ts";
import { compareText } from "./python-text.ts";
import type { AnsibleSettings } from "./settings.ts";
import type { Source } from "./sources.ts";

type IgnoreRules = Pick<AnsibleSettings, "ignoredExtensions" | "ignoredPatterns">;

/**
 * The files that a path source stands for: itself, or everything in a directory that Ansible does not pass over.
 * The default inventory need not be there.
 */
export function filesOf(source: Source, rules: IgnoreRules): Result<string[], InventoryProblem> {
  const stats = statSync(source.text, { throwIfNoEntry: false });
  if (stats === undefined) {
    if (source.origin === "default") return ok([]);
    return fail({ reason: "inventory-missing", source: source.text, origin: source.origin });
  }
  if (!stats.isDirectory()) return ok([source.text]);
  const patterns = rules.ignoredPatterns.flatMap((text) => pythonRegExp(text, "search") ?? []);
  const files = filesIn(source.text, (name) => isIgnored(name, rules.ignoredExtensions, patterns));
  return files.length > 0 ? ok(files) : fail({ reason: "inventory-empty-directory", directory: source.text });
}

function filesIn(directory: string, ignored: (name: string) => boolean): string[] {
  const names = readdirSync(directory).filter((name) => !ignored(name));
  return names.toSorted(compareText).flatMap((name) => {
    const path = join(directory, name);
    const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    return isDirectory ? filesIn(path, ignored) : [path];
  });
}

function isIgnored(name: string, extensions: readonly string[], patterns: readonly RegExp[]): boolean {
  if (name.startsWith(".") || ["host_vars", "group_vars", "vars_plugins"].includes(name)) return true;
  return extensions.some((end) => name.endsWith(end)) || patterns.some((pattern) => pattern.test(name));
}
