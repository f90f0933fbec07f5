import type { GroupNode, HostNode, InventoryGraph } from "./graph.ts";
import { internalNames } from "./internal-names.ts";
import { compareText } from "./python-text.ts";
import type { AnsibleSettings } from "./settings.ts";
import { combineVariables, type Value, type Variables } from "./values.ts";
import type { VariablesFiles } from "./variables-files.ts";

/** Where variables come from besides the inventory itself. */
export interface VariableSources {
  readonly files: VariablesFiles;
  /** The directories of the inventory sources, in their order. */
  readonly inventory: readonly string[];
  /** The playbook directory: Ansible's working directory. */
  readonly play: readonly string[];
}

/** Merges the variables of hosts by Ansible's order: `all`, groups by depth, priority and name, then the host. */
export class HostVariables {
  readonly #graph: InventoryGraph;
  readonly #settings: AnsibleSettings;
  readonly #sources: VariableSources;
  readonly #depths: ReadonlyMap<GroupNode, number>;
  readonly #ofGroups = new Map<string, Variables>();

  constructor(graph: InventoryGraph, settings: AnsibleSettings, sources: VariableSources) {
    this.#graph = graph;
    this.#settings = settings;
    this.#sources = sources;
    this.#depths = depths(graph);
  }

  of(host: HostNode): Variables {
    return this.#merge(host.name, this.#graph.groupsOf(host), host.variables);
  }

  /** The variables of this machine when the inventory does not name it. */
  ofImplicit(name: string): Variables {
    return this.#merge(name, new Set(), new Map([["ansible_connection", "local"]]));
  }

  #merge(name: string, groups: ReadonlySet<GroupNode>, own: Variables): Variables {
    const { files, inventory, play } = this.#sources;
    const layers = [
      this.#groups(groups),
      own,
      files.variables(inventory, "host_vars", name),
      files.variables(play, "host_vars", name),
    ];
    const merged = new Map(this.#combine(layers));
    for (const internal of internalNames) merged.delete(internal);
    return merged;
  }

  /** Hosts of the same groups share this. */
  #groups(groups: ReadonlySet<GroupNode>): Variables {
    const ordered = [...groups].filter((group) => group.name !== "all").toSorted((a, b) => this.#order(a, b));
    const key = ordered.map((group) => group.name).join("\n");
    const known = this.#ofGroups.get(key);
    if (known !== undefined) return known;
    const merged = this.#combine(this.#settings.precedence.flatMap((entry) => this.#layers(entry, ordered)));
    this.#ofGroups.set(key, merged);
    return merged;
  }

  #layers(entry: string, groups: readonly GroupNode[]): Variables[] {
    const { files, inventory, play } = this.#sources;
    const all = this.#graph.groups.get("all");
    const read = (bases: readonly string[], members: readonly GroupNode[]): Variables[] =>
      bases.flatMap((base) => members.map((group) => files.variables([base], "group_vars", group.name)));
    switch (entry) {
      case "all_inventory":
        return all === undefined ? [] : [all.variables];
      case "groups_inventory":
        return groups.map((group) => group.variables);
      case "all_plugins_inventory":
        return all === undefined ? [] : read(inventory, [all]);
      case "all_plugins_play":
        return all === undefined ? [] : read(play, [all]);
      case "groups_plugins_inventory":
        return read(inventory, groups);
      case "groups_plugins_play":
        return read(play, groups);
      default:
        return [];
    }
  }

  #order(a: GroupNode, b: GroupNode): number {
    const deeper = (this.#depths.get(a) ?? 0) - (this.#depths.get(b) ?? 0);
    return deeper || a.priority - b.priority || compareText(a.name, b.name);
  }

  #combine(layers: readonly Variables[]): Variables {
    const start: Variables = new Map<string, Value>();
    return layers.reduce((low, high) => combineVariables(low, high, this.#settings.hashBehaviour), start);
  }
}

/** How deep each group is: the longest way down to it from a group without parents. */
function depths(graph: InventoryGraph): ReadonlyMap<GroupNode, number> {
  const found = new Map<GroupNode, number>();
  const depth = (group: GroupNode): number => {
    const known = found.get(group);
    if (known !== undefined) return known;
    const value = Math.max(-1, ...[...group.parents].map(depth)) + 1;
    found.set(group, value);
    return value;
  };
  for (const group of graph.groups.values()) depth(group);
  return found;
}
