import { type Document, type Node, visit } from "yaml";
import { fail, ok, type Result } from "../../domain/result.ts";

/** An anchor that comes twice, or an alias of none. */
export interface AliasIssue {
  readonly name: string;
  readonly offset: number;
}

/** The nodes that the aliases of a document stand for; fails with anchors that come twice, as PyYAML does. */
export function aliasTargets(document: Document): Result<ReadonlyMap<Node, Node>, AliasIssue[]> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  const issues: AliasIssue[] = [];
  visit(document, {
    Alias(_, alias) {
      const target = anchors.get(alias.source);
      if (target === undefined) issues.push({ name: `*${alias.source}`, offset: alias.range?.[0] ?? 0 });
      else targets.set(alias, target);
    },
    Value(_, node) {
      const name = node.anchor;
      if (name === undefined) return;
      if (anchors.has(name)) issues.push({ name: `&${name}`, offset: node.range?.[0] ?? 0 });
      anchors.set(name, node);
    },
  });
  return issues.length > 0 ? fail(issues) : ok(targets);
}
