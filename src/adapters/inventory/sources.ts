import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { SourceOrigin } from "./errors.ts";
import type { AnsibleSettings } from "./settings.ts";
import { expandPath, type Surroundings } from "./surroundings.ts";

/** One place that hosts come from: an absolute path, or a comma list of hosts as it was written. */
export interface Source {
  readonly kind: "path" | "list";
  readonly text: string;
  readonly origin: SourceOrigin;
}

const defaultInventory = "/etc/ansible/hosts";

/** The sources to read: those of `-i`, else of $ANSIBLE_INVENTORY, else of ansible.cfg, else /etc/ansible/hosts. */
export function resolveSources(
  options: readonly string[],
  settings: AnsibleSettings,
  surroundings: Surroundings,
): Source[] {
  const given = options.filter((option) => option !== "");
  if (given.length > 0) return given.map((option) => optionSource(option, surroundings));
  const listed = (surroundings.env["ANSIBLE_INVENTORY"] ?? "").split(",").map((item) => item.trim());
  const named = listed.filter((item) => item !== "");
  if (named.length > 0) {
    return named.map((item) => ({ kind: "path", text: expandPath(item, surroundings), origin: "environment" }));
  }
  if (settings.inventory.length > 0) {
    return settings.inventory.map((text) => ({ kind: "path", text, origin: "ansible.cfg" }));
  }
  return [{ kind: "path", text: defaultInventory, origin: "default" }];
}

/** Only `-i` takes a comma list; elsewhere commas stand between paths. */
function optionSource(option: string, surroundings: Surroundings): Source {
  if (!option.includes(",")) return { kind: "path", text: expandPath(option, surroundings), origin: "option" };
  const path = resolve(surroundings.cwd, option);
  return existsSync(path)
    ? { kind: "path", text: path, origin: "option" }
    : { kind: "list", text: option, origin: "option" };
}
