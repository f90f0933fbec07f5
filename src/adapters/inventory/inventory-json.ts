import { hostsOf, type Inventory, type InventoryHost } from "./inventory.ts";
import { writeJson } from "./python-json-write.ts";
import { UnsafeText, type Value, type Variables } from "./values.ts";

/** The whole inventory, byte for byte as `ansible-inventory --list` prints it. */
export function listJson(inventory: Inventory): string {
  const hosts = hostsOf(inventory, "all");
  const output = new Map<string, Value>();
  addGroup(inventory, "all", new Set(hosts), output, new Set());
  const variables = new Map<string, Value>();
  for (const name of hosts) {
    const host = inventory.hosts.get(name);
    if (host !== undefined && host.variables.size > 0) variables.set(name, host.variables);
  }
  output.set(
    "_meta",
    new Map<string, Value>([
      ["hostvars", variables],
      ["profile", "inventory_legacy"],
    ]),
  );
  return `${writeJson(output)}\n`;
}

/**
 * One host's variables, byte for byte as `ansible-inventory --host` prints them: unlike `--list` it does not mark
 * unsafe strings, except where it takes a dictionary `vars` in a variable for the variables of a group.
 */
export function hostJson(host: InventoryHost): string {
  const output = new Map<string, Value>();
  for (const [name, value] of host.variables) output.set(name, value instanceof Map ? besidesVars(value) : bare(value));
  return `${writeJson(output)}\n`;
}

function besidesVars(value: Variables): Variables {
  return new Map(
    [...value].map(([key, item]) => [key, key === "vars" && !(item instanceof UnsafeText) ? item : bare(item)]),
  );
}

function bare(value: Value): Value {
  if (value instanceof UnsafeText) return value.text;
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, bare(item)]));
  return Array.isArray(value) ? value.map(bare) : value;
}

/** Groups without hosts and children are left out; `all` does not list its hosts. */
function addGroup(
  inventory: Inventory,
  name: string,
  hosts: ReadonlySet<string>,
  output: Map<string, Value>,
  seen: Set<string>,
): void {
  const group = inventory.groups.get(name);
  if (group === undefined || seen.has(name)) return;
  seen.add(name);
  const members = name === "all" ? [] : group.hosts.filter((host) => hosts.has(host));
  const entry = new Map<string, Value>();
  if (members.length > 0) entry.set("hosts", members);
  if (group.children.length > 0) entry.set("children", group.children);
  if (entry.size > 0) output.set(name, entry);
  for (const child of group.children) addGroup(inventory, child, hosts, output, seen);
}
