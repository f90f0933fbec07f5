import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem, UnmatchedPart } from "./errors.ts";
import { globRegExp } from "./glob.ts";
import { hostsOf, type Inventory, LOCALHOST_NAMES } from "./inventory.ts";
import { nearNames } from "./near-names.ts";
import { orderedParts, type PatternPart, splitPattern } from "./pattern-parts.ts";
import { pythonRegExp } from "./python-regex.ts";

/** The hosts that a pattern selects, in the order in which Ansible would run them. */
export interface Selection {
  readonly hosts: readonly string[];
  /** Parts of the pattern that match nothing; Ansible warns of them and goes on. */
  readonly unmatched: readonly UnmatchedPart[];
}

/**
 * Selects hosts by an Ansible pattern: names, groups, `all`, globs, `~regular expression`, `group[0:2]`, joined by
 * `,` or `:`, with `&` for "also in" and `!` for "not in". Fails when the pattern makes no sense or no host is left.
 */
export function selectHosts(inventory: Inventory, pattern: string): Result<Selection, InventoryProblem> {
  const parts = splitPattern(pattern);
  if (!parts.ok) return fail({ reason: "inventory-pattern", pattern, ...parts.failure });
  const selected = new Set<string>();
  const unmatched: UnmatchedPart[] = [];
  for (const part of orderedParts(parts.value)) {
    const isName = inventory.hosts.has(part.text);
    const found = isName ? ok([part.text]) : matchesOf(inventory, part.expression, selected);
    if (!found.ok) return fail({ reason: "inventory-pattern", pattern, part: part.text, problem: found.failure });
    if (found.value === undefined) {
      unmatched.push({ part: part.text, near: nearTo(inventory, part.expression) });
      if (part.kind === "and") selected.clear();
      continue;
    }
    const matches = subscripted(found.value, isName ? undefined : part.subscript);
    if (matches === undefined) {
      return fail({ reason: "inventory-pattern", pattern, part: part.text, problem: "subscript" });
    }
    apply(part.kind, new Set(matches), selected);
  }
  const { patternMismatch } = inventory.context.settings;
  const isRefused = unmatched.length > 0 && patternMismatch === "error";
  if (selected.size > 0 && !isRefused) {
    return ok({ hosts: [...selected], unmatched: patternMismatch === "ignore" ? [] : unmatched });
  }
  const { sources } = inventory;
  return fail({ reason: "inventory-no-match", pattern, unmatched, hosts: inventory.hosts.size, sources });
}

function apply(kind: PatternPart["kind"], matches: ReadonlySet<string>, selected: Set<string>): void {
  if (kind === "and") {
    for (const host of selected) if (!matches.has(host)) selected.delete(host);
    return;
  }
  for (const host of matches) {
    if (kind === "or") selected.add(host);
    else selected.delete(host);
  }
}

/** The hosts of the groups and the hosts that an expression matches; undefined when it matches no name at all. */
function matchesOf(
  inventory: Inventory,
  expression: string,
  selected: ReadonlySet<string>,
): Result<string[] | undefined, "regular-expression"> {
  const isRegular = expression.startsWith("~");
  const matcher = isRegular ? pythonRegExp(expression.slice(1), "match") : globRegExp(expression);
  if (matcher === undefined) return fail("regular-expression");
  const matches = (name: string): boolean => {
    matcher.lastIndex = 0;
    return matcher.test(name);
  };
  const groups = [...inventory.groups.keys()].filter(matches);
  // A host may come more than once: a subscript counts it each time.
  const ofGroups = groups.flatMap((group) => hostsOf(inventory, group));
  const looksAtHosts = groups.length === 0 || isRegular || /[.?*[]/.test(expression);
  const found = looksAtHosts ? ofGroups.concat([...inventory.hosts.keys()].filter(matches)) : ofGroups;
  if (found.length === 0 && LOCALHOST_NAMES.includes(expression)) {
    return ok([localhost(inventory, selected) ?? expression]);
  }
  return ok(found.length > 0 || groups.length > 0 ? found : undefined);
}

/** The name that already stands for this machine: a host of the inventory, or what the pattern has selected before. */
function localhost(inventory: Inventory, selected: ReadonlySet<string>): string | undefined {
  return [...inventory.hosts.keys(), ...selected].find((host) => LOCALHOST_NAMES.includes(host));
}

/** Undefined when there is no host at that position; a range may go beyond the end. */
function subscripted(
  hosts: readonly string[],
  subscript: readonly [number, number?] | undefined,
): readonly string[] | undefined {
  if (subscript === undefined || hosts.length === 0) return hosts;
  const [start, end] = subscript;
  if (end === -1) return hosts.slice(start);
  if (end !== undefined && end !== 0) return hosts.slice(start, end + 1);
  // Ansible takes an end of 0 for no end: `web[1:0]` is `web[1]`.
  const host = hosts.at(start);
  return host === undefined ? undefined : [host];
}

function nearTo(inventory: Inventory, expression: string): string[] {
  const name = expression.replaceAll(/[~*?^$\\[\]]/g, "");
  return nearNames(name, [...inventory.groups.keys(), ...inventory.hosts.keys()]);
}
