import { fail, ok, type Result } from "../../domain/result.ts";
import { pythonInteger } from "./python-number.ts";
import { Float, type HashBehaviour, laterValue, type Value } from "./values.ts";

/** A group while inventories are being read. */
export interface GroupNode {
  readonly name: string;
  readonly hosts: Set<HostNode>;
  readonly children: Set<GroupNode>;
  readonly parents: Set<GroupNode>;
  readonly variables: Map<string, Value>;
  /** `ansible_group_priority`: of groups at the same depth, the higher one wins. */
  priority: number;
}

/** A host while inventories are being read. */
export interface HostNode {
  readonly name: string;
  /** The groups that name it themselves. */
  readonly groups: Set<GroupNode>;
  /** The groups that it was taken out of: it gets nothing from them, even where another group puts it in again. */
  readonly left: Set<GroupNode>;
  readonly variables: Map<string, Value>;
  /** The source that named it first: a file, or a comma list. */
  readonly source: string;
}

/** Groups that contain each other. */
export interface Loop {
  readonly group: string;
  readonly child: string;
}

/** The settings that decide how sources are put together. */
export interface GraphRules {
  readonly hashBehaviour: HashBehaviour;
  /** Turns a group's name into a valid variable name (ansible.cfg's `force_valid_group_names`). */
  readonly forceValidGroupNames: boolean;
}

/**
 * The groups and hosts of one or more sources, in the order in which they were named, with Ansible's rules for
 * putting them together (its `InventoryData`).
 */
export class InventoryGraph {
  readonly groups = new Map<string, GroupNode>();
  readonly hosts = new Map<string, HostNode>();
  readonly #rules: GraphRules;

  constructor(rules: GraphRules) {
    this.#rules = rules;
    const all = this.addGroup("all");
    connect(all, this.addGroup("ungrouped"));
  }

  /** The name that a group gets. */
  groupName(text: string): string {
    if (!this.#rules.forceValidGroupNames) return text;
    return text.replace(/^\p{Nd}|[^\p{L}\p{N}_]/gu, "_");
  }

  addGroup(text: string): GroupNode {
    const name = this.groupName(text);
    const known = this.groups.get(name);
    if (known !== undefined) return known;
    const group: GroupNode = {
      name,
      hosts: new Set(),
      children: new Set(),
      parents: new Set(),
      variables: new Map(),
      priority: 1,
    };
    this.groups.set(name, group);
    return group;
  }

  /** A port counts only with the first mention of a host. */
  addHost(name: string, group: GroupNode, source: string, port?: number): void {
    let host = this.hosts.get(name);
    if (host === undefined) {
      host = { name, groups: new Set(), left: new Set(), variables: new Map(), source };
      if (port !== undefined && port !== 0) host.variables.set("ansible_port", port);
      this.hosts.set(name, host);
    }
    join(group, host);
  }

  /** Puts a group (or, where no group has that name, a host) into a group. */
  addChild(parent: GroupNode, name: string): Result<void, Loop> {
    const child = this.groups.get(name);
    const host = this.hosts.get(name);
    if (child === undefined && host !== undefined) join(parent, host);
    if (child === undefined || parent.children.has(child)) return ok(undefined);
    if (child === parent || ancestors([parent]).has(child)) return fail({ group: parent.name, child: name });
    connect(parent, child);
    return ok(undefined);
  }

  /** Sets a variable of the group with that name, else of the host. Fails for a group priority that is no number. */
  setVariable(entity: string, name: string, value: Value): Result<void, "priority"> {
    const group = this.groups.get(entity);
    if (group !== undefined && name === "ansible_group_priority") {
      const priority = priorityOf(value);
      if (priority === undefined) return fail("priority");
      group.priority = priority;
      return ok(undefined);
    }
    const variables = (group ?? this.hosts.get(entity))?.variables;
    if (variables === undefined) throw new Error(`no group or host ${entity}`);
    const earlier = variables.get(name);
    variables.set(name, earlier === undefined ? value : laterValue(earlier, value, this.#rules.hashBehaviour));
    return ok(undefined);
  }

  /** After the last source: all groups go under `all`; `ungrouped` holds the hosts that are in no other group. */
  reconcile(): Result<void, Loop> {
    const all = this.addGroup("all");
    const ungrouped = this.addGroup("ungrouped");
    for (const group of this.groups.values()) {
      if (group === all || group.parents.size > 0) continue;
      const added = this.addChild(all, group.name);
      if (!added.ok) return added;
    }
    for (const host of this.hosts.values()) {
      const groups = this.groupsOf(host);
      const others = [...groups].some((group) => group !== all && group !== ungrouped);
      if (groups.has(ungrouped) && others) leave(ungrouped, host);
      if (groups.has(ungrouped) || others) continue;
      const added = this.addChild(ungrouped, host.name);
      if (!added.ok) return added;
    }
    return ok(undefined);
  }

  /** The groups that a host is in, directly or through others. */
  groupsOf(this: void, host: HostNode): Set<GroupNode> {
    const groups = [...host.groups, ...ancestors([...host.groups])];
    return new Set(groups.filter((group) => !host.left.has(group)));
  }
}

function connect(parent: GroupNode, child: GroupNode): void {
  parent.children.add(child);
  child.parents.add(parent);
}

function join(group: GroupNode, host: HostNode): void {
  group.hosts.add(host);
  host.groups.add(group);
}

function leave(group: GroupNode, host: HostNode): void {
  if (!group.hosts.delete(host)) return;
  host.groups.delete(group);
  host.left.add(group);
}

function ancestors(groups: readonly GroupNode[]): Set<GroupNode> {
  const found = new Set<GroupNode>();
  const waiting = [...groups];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const parent of next.parents) {
      if (found.has(parent)) continue;
      found.add(parent);
      waiting.push(parent);
    }
  }
  return found;
}

/** Python's `int` of a variable. */
function priorityOf(value: Value): number | undefined {
  if (typeof value === "string") return pythonInteger(value);
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "bigint") return Number(value);
  return value instanceof Float && Number.isFinite(value.value) ? Math.trunc(value.value) : undefined;
}
