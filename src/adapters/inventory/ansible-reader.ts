import { fail, ok, type Result } from "../../domain/result.ts";
import { readAnsibleOutput } from "./ansible-output.ts";
import { askAnsible } from "./ansible-program.ts";
import { readBuiltin } from "./builtin-reader.ts";
import type { InventoryProblem } from "./errors.ts";
import { fingerprint } from "./fingerprint.ts";
import {
  hostsOf,
  type Inventory,
  type InventoryContext,
  type InventoryGroup,
  type InventoryHost,
} from "./inventory.ts";
import type { InventoryCache } from "./inventory-cache.ts";
import type { Source } from "./sources.ts";
import type { Variables } from "./values.ts";

/**
 * Reads an inventory by `ansible-inventory --list`. Its output is kept in the cache, if there is one, until one of
 * the files behind it changes; what comes from programs, plugins or Ansible Vault is never kept.
 */
export async function readByAnsible(
  program: string,
  sources: readonly Source[],
  context: InventoryContext,
  cache: InventoryCache | undefined,
): Promise<Result<Inventory, InventoryProblem[]>> {
  const print = cache === undefined ? undefined : fingerprint(program, sources, context);
  const kept = print === undefined ? undefined : cache?.load(print);
  const output =
    kept === undefined ? await askAnsible(program, sources, context.settings, context.surroundings) : ok(kept);
  const own = readBuiltin(sources, context);
  if (!output.ok) return fail(clearerProblems(own, output.failure));
  const read = readAnsibleOutput(output.value);
  if (!read.ok) return fail([{ reason: "inventory-program-output", program, detail: read.failure }]);
  if (kept === undefined && print !== undefined) cache?.store(print, output.value);
  const { groups, variables } = read.value;
  const names = hostsOf({ groups }, "all");
  const same = own.ok && sameNames(own.value, groups, names) ? own.value : undefined;
  return ok({
    reader: "ansible",
    sources: sources.map(({ text }) => text),
    groups: same === undefined ? groups : inOrder(same, groups),
    hosts: hostsFrom(same === undefined ? names : [...same.hosts.keys()], variables, same),
    implicit: (name) => same?.implicit(name) ?? ok({ name, variables: new Map([["ansible_connection", "local"]]) }),
    warnings: same?.warnings ?? [],
    context,
  });
}

/** The builtin reader says in which line it is wrong; where it sees nothing wrong, or needs Ansible, Ansible's word counts. */
function clearerProblems(own: Result<Inventory, InventoryProblem[]>, problem: InventoryProblem): InventoryProblem[] {
  const found = own.ok ? [] : own.failure.filter(({ reason }) => reason !== "inventory-needs-ansible");
  return problem.reason === "inventory-program-failed" && found.length > 0 ? found : [problem];
}

/**
 * The output has names in alphabetical order. Where the builtin reader finds the same groups and hosts, it knows the
 * order in which Ansible met them, which is the order of a run over `web*`.
 */
function sameNames(own: Inventory, groups: ReadonlyMap<string, InventoryGroup>, hosts: readonly string[]): boolean {
  if (own.groups.size !== groups.size || own.hosts.size !== hosts.length) return false;
  return [...groups.keys()].every((name) => own.groups.has(name)) && hosts.every((name) => own.hosts.has(name));
}

/** Ansible's groups in the builtin reader's order; `all` gets its own hosts back, which the output leaves out. */
function inOrder(own: Inventory, groups: ReadonlyMap<string, InventoryGroup>): Map<string, InventoryGroup> {
  const ordered = new Map<string, InventoryGroup>();
  for (const [name, ownGroup] of own.groups) {
    const group = groups.get(name) ?? ownGroup;
    ordered.set(name, name === "all" ? { ...group, hosts: ownGroup.hosts } : group);
  }
  return ordered;
}

function hostsFrom(
  names: readonly string[],
  variables: ReadonlyMap<string, Variables>,
  own: Inventory | undefined,
): Map<string, InventoryHost> {
  return new Map(
    names.map((name) => {
      const host = { name, variables: variables.get(name) ?? new Map() };
      const file = own?.hosts.get(name)?.file;
      return [name, file === undefined ? host : { ...host, file }];
    }),
  );
}
