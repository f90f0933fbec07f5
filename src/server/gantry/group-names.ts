import type { Inventory } from "../../adapters/inventory/inventory.ts";

/** Groups that every inventory has. */
const OWN: ReadonlySet<string> = new Set(["_meta", "all", "ungrouped"]);

/** The groups in what `ansible-inventory --list` prints: those with hosts or children, in its order. */
export function groupNames(list: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(list).filter((name) => !OWN.has(name));
}

/** The same of an inventory that is at hand: from `all` down, each group before its children. */
export function groupsOf({ groups }: Pick<Inventory, "groups">): readonly string[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const group = groups.get(name);
    if (group === undefined || seen.has(name)) return;
    seen.add(name);
    for (const child of group.children) visit(child);
  };
  visit("all");
  return [...seen].filter((name) => {
    const { hosts = [], children = [] } = groups.get(name) ?? {};
    return !OWN.has(name) && hosts.length + children.length > 0;
  });
}
