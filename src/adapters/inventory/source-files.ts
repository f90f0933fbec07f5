import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import { errorMessage, pathKind } from "./path-kind.ts";
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
  const kind = pathKind(source.text);
  if (kind === undefined) {
    if (source.origin === "default") return ok([]);
    return fail({ reason: "inventory-missing", source: source.text, origin: source.origin });
  }
  if (kind !== "directory") return ok([source.text]);
  const patterns = rules.ignoredPatterns.flatMap((text) => pythonRegExp(text, "search") ?? []);
  try {
    const files = filesIn(source.text, (name) => isIgnored(name, rules.ignoredExtensions, patterns));
    return files.length > 0 ? ok(files) : fail({ reason: "inventory-empty-directory", directory: source.text });
  } catch (error) {
    return fail({ reason: "inventory-unreadable", file: source.text, detail: errorMessage(error) });
  }
}

function filesIn(directory: string, ignored: (name: string) => boolean): string[] {
  const names = readdirSync(directory).filter((name) => !ignored(name));
  return names.toSorted(compareText).flatMap((name) => {
    const path = join(directory, name);
    return pathKind(path) === "directory" ? filesIn(path, ignored) : [path];
  });
}

function isIgnored(name: string, extensions: readonly string[], patterns: readonly RegExp[]): boolean {
  if (name.startsWith(".") || ["host_vars", "group_vars", "vars_plugins"].includes(name)) return true;
  return extensions.some((end) => name.endsWith(end)) || patterns.some((pattern) => pattern.test(name));
}
