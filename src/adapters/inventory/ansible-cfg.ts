import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import { pathKind } from "./path-kind.ts";
import { strip } from "./python-text.ts";
import { expandPath, type Surroundings } from "./surroundings.ts";

/** The settings of an ansible.cfg: sections, and in them options by their names in small letters. */
export interface AnsibleConfig {
  readonly file: string | undefined;
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Finds ansible.cfg where Ansible does: $ANSIBLE_CONFIG, the working directory, the home directory, /etc/ansible. */
export function findAnsibleConfig(surroundings: Surroundings): string | undefined {
  const candidates: string[] = [];
  const named = surroundings.env["ANSIBLE_CONFIG"];
  if (named !== undefined && named !== "") {
    const path = expandPath(named, surroundings);
    candidates.push(pathKind(path) === "directory" ? join(path, "ansible.cfg") : path);
  }
  // Whoever may write into the working directory could run code through an ansible.cfg in it.
  const mode = statSync(surroundings.cwd, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o002) === 0) candidates.push(join(surroundings.cwd, "ansible.cfg"));
  candidates.push(expandPath("~/.ansible.cfg", surroundings), "/etc/ansible/ansible.cfg");
  return candidates.find(isReadable);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return pathKind(path) === "file";
  } catch {
    return false;
  }
}

/** Reads an ansible.cfg. */
export function readAnsibleConfig(file: string): Result<AnsibleConfig, InventoryProblem[]> {
  const parsed = parseConfig(readFileSync(file, "utf8"));
  if (parsed.ok) return ok({ file, sections: parsed.value });
  return fail(parsed.failure.map((line) => ({ reason: "inventory-config" as const, file, ...line })));
}

interface BadLine {
  readonly line: number;
  readonly text: string;
}

const header = /^\[(?<name>.+)\]/;
const option = /^(?<name>[^=:]*?)\s*[=:]\s*(?<value>.*)$/;

/**
 * Python's configparser as Ansible uses it: `;` starts a comment behind a value, deeper lines go on with the value
 * above, `[DEFAULT]` holds for all sections. Fails with all lines that do not fit.
 */
export function parseConfig(text: string): Result<Map<string, Map<string, string>>, BadLine[]> {
  const sections = new Map<string, Map<string, string>>();
  const bad: BadLine[] = [];
  let section: Map<string, string> | undefined;
  let name: string | undefined;
  let indent = 0;
  for (const [index, whole] of text.split(/\r\n|[\n\r]/).entries()) {
    const line = strip(whole.replace(/(?:^|\s);.*$/, ""));
    if (line === "" || line.startsWith("#")) continue;
    const depth = whole.search(/\S/);
    if (section !== undefined && name !== undefined && depth > indent) {
      section.set(name, `${section.get(name) ?? ""}\n${line}`);
      continue;
    }
    indent = depth;
    const title = header.exec(line)?.groups?.["name"];
    const setting = option.exec(line)?.groups;
    name = title === undefined ? setting?.["name"]?.toLowerCase() : undefined;
    if (title !== undefined && !sections.has(title)) {
      section = new Map();
      sections.set(title, section);
    } else if (title === undefined && name !== undefined && section !== undefined && !section.has(name)) {
      section.set(name, setting?.["value"] ?? "");
    } else {
      bad.push({ line: index + 1, text: line });
    }
  }
  if (bad.length > 0) return fail(bad);
  for (const options of sections.values()) {
    for (const [key, value] of sections.get("DEFAULT") ?? []) if (!options.has(key)) options.set(key, value);
  }
  return ok(sections);
}
