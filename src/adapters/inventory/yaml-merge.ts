import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

type Dictionary = YAMLMap<Node, Node | null>;

/**
 * The pairs of a mapping with its merge keys (`<<: *defaults`) put in first, as PyYAML does it: what the mapping says
 * itself comes later and wins; of a list of mappings the first wins. `not-a-mapping` stands for a merge of anything else.
 */
export function mergedPairs(
  node: Dictionary,
  targets: ReadonlyMap<Node, Node>,
  open: ReadonlySet<Node> = new Set(),
): (Pair<Node, Node | null> | "not-a-mapping")[] {
  const inside = new Set([...open, node]);
  const merged = node.items.filter(isMerge).flatMap(({ value }) => {
    const target = value === null ? null : (targets.get(value) ?? value);
    const parts = isSeq<Node>(target) ? target.items.map((item) => targets.get(item) ?? item).toReversed() : [target];
    return parts.flatMap((part) => {
      if (!isMap<Node, Node | null>(part) || inside.has(part)) return ["not-a-mapping" as const];
      return mergedPairs(part, targets, inside);
    });
  });
  return [...merged, ...node.items.filter((pair) => !isMerge(pair))];
}

function isMerge({ key }: Pair<Node, Node | null>): boolean {
  return isScalar(key) && key.type === "PLAIN" && key.tag === undefined && key.source === "<<";
}
