import type { Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import type { AnsibleSettings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Variables } from "./values.ts";
import type { VaultPasswords } from "./vault-passwords.ts";

/** A group with the hosts and groups that it names itself, in their order. */
export interface InventoryGroup {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly children: readonly string[];
}

/** A host with all its variables: its own and those of its groups, merged by Ansible's rules. */
export interface InventoryHost {
  readonly name: string;
  readonly variables: Variables;
  /** The file that named it first (`inventory_file`); undefined for comma lists and where Ansible did not say. */
  readonly file?: string;
}

/** An inventory as Ansible sees it, whoever read it. */
export interface Inventory {
  readonly reader: "ansible" | "builtin";
  /** The files, directories and comma lists that it was read from. */
  readonly sources: readonly string[];
  /** All groups, with `all` and `ungrouped`, in the order in which Ansible met them. */
  readonly groups: ReadonlyMap<string, InventoryGroup>;
  /** All hosts, in the order in which Ansible met them. */
  readonly hosts: ReadonlyMap<string, InventoryHost>;
  /** What `localhost`, `127.0.0.1` and `::1` are when the inventory does not name them: this machine. */
  implicit(name: string): Result<InventoryHost, InventoryProblem[]>;
  /** What Ansible passes over with a warning. */
  readonly warnings: readonly InventoryProblem[];
  readonly context: InventoryContext;
}

/** What the use of an inventory needs besides its hosts and groups. */
export interface InventoryContext {
  readonly settings: AnsibleSettings;
  readonly surroundings: Surroundings;
  readonly passwords: VaultPasswords;
}

/** The names under which this machine may be meant. */
export const LOCALHOST_NAMES: readonly string[] = ["127.0.0.1", "localhost", "::1"];

/** The hosts of a group and of all groups in it: its own first, then level by level, as Ansible runs them. */
export function hostsOf(inventory: Pick<Inventory, "groups">, name: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>([name]);
  let level = [name];
  while (level.length > 0) {
    const groups = level.flatMap((group) => inventory.groups.get(group) ?? []);
    for (const host of groups.flatMap((group) => group.hosts)) found.add(host);
    level = groups.flatMap((group) => group.children).filter((child) => !seen.has(child) && seen.add(child));
  }
  return [...found];
}
