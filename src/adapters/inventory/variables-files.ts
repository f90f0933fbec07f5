import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { readData } from "./data-file.ts";
import type { InventoryProblem } from "./errors.ts";
import { errorMessage, pathKind } from "./path-kind.ts";
import { compareText, extension } from "./python-text.ts";
import type { AnsibleSettings } from "./settings.ts";
import { readText } from "./text-file.ts";
import { combineVariables, kindOf, type Variables } from "./values.ts";
import type { VaultPasswords } from "./vault-passwords.ts";

const none: Variables = new Map();

/** Reads group_vars and host_vars, each file once; `problems` gathers what is wrong with them. */
export class VariablesFiles {
  readonly problems: InventoryProblem[] = [];
  readonly #settings: Pick<AnsibleSettings, "yamlExtensions" | "hashBehaviour">;
  readonly #passwords: VaultPasswords;
  readonly #directories = new Map<string, ReadonlySet<string>>();
  readonly #read = new Map<string, Variables>();

  constructor(settings: Pick<AnsibleSettings, "yamlExtensions" | "hashBehaviour">, passwords: VaultPasswords) {
    this.#settings = settings;
    this.#passwords = passwords;
  }

  /** The variables that files give to a group or host, from `group_vars` or `host_vars` in each base directory. */
  variables(bases: readonly string[], folder: "group_vars" | "host_vars", name: string): Variables {
    // A name with a slash at its start is a path: it stays inside the folder this way.
    if (name.startsWith("/")) return none;
    let combined = none;
    for (const base of bases) {
      const key = join(base, folder, name);
      const found = this.#read.get(key) ?? this.#readAll(join(base, folder), name);
      this.#read.set(key, found);
      combined = combineVariables(combined, found, this.#settings.hashBehaviour);
    }
    return combined;
  }

  #readAll(folder: string, name: string): Variables {
    let combined = none;
    for (const file of this.#files(folder, name)) {
      const variables = this.#readOne(file);
      if (variables !== undefined) combined = combineVariables(combined, variables, this.#settings.hashBehaviour);
    }
    return combined;
  }

  /** The first that is there of `name`, `name.yml`, `name.yaml`, `name.json`; it may be a file or a directory. */
  #files(folder: string, name: string): string[] {
    const present = ["", ...this.#settings.yamlExtensions].find((suffix) => this.#exists(folder, name + suffix));
    if (present === undefined) return [];
    const path = join(folder, name + present);
    return pathKind(path) === "directory" ? this.#filesIn(path) : [path];
  }

  #exists(folder: string, name: string): boolean {
    if (name.includes("/")) return pathKind(join(folder, name)) !== undefined;
    let names = this.#directories.get(folder);
    if (names === undefined) {
      names = new Set(this.#list(folder));
      this.#directories.set(folder, names);
    }
    return names.has(name);
  }

  /** All files in a directory and its subdirectories, without hidden files, backups and other extensions. */
  #filesIn(directory: string): string[] {
    const names = this.#list(directory).filter((name) => !name.startsWith(".") && !name.endsWith("~"));
    return names.toSorted(compareText).flatMap((name) => {
      const path = join(directory, name);
      const suffix = extension(name);
      if (pathKind(path) === "directory") return suffix === "" ? this.#filesIn(path) : [];
      return suffix === "" || this.#settings.yamlExtensions.includes(suffix) ? [path] : [];
    });
  }

  #list(directory: string): string[] {
    if (pathKind(directory) !== "directory") return [];
    try {
      return readdirSync(directory);
    } catch (error) {
      this.problems.push({ reason: "inventory-unreadable", file: directory, detail: errorMessage(error) });
      return [];
    }
  }

  #readOne(file: string): Variables | undefined {
    const text = readText(file, this.#passwords);
    if (!text.ok) {
      this.problems.push(text.failure);
      return undefined;
    }
    const data = readData(text.value);
    if (!data.ok) {
      this.problems.push(...data.failure.map((issue) => ({ reason: "inventory-yaml" as const, file, ...issue })));
      return undefined;
    }
    const { value } = data.value;
    if (value instanceof Map) return value;
    const isEmpty = value === null || value === false || value === 0 || value === "";
    if (!isEmpty && !(Array.isArray(value) && value.length === 0)) {
      this.problems.push({ reason: "inventory-variables-file", file, found: kindOf(value) });
    }
    return undefined;
  }
}

/** The real directory next to which Ansible looks for group_vars and host_vars. */
export function realDirectory(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
