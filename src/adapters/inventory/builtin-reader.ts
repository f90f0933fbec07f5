import { dirname } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import { parseAddress } from "./addresses.ts";
import type { InventoryProblem } from "./errors.ts";
import { type HostNode, InventoryGraph } from "./graph.ts";
import { HostVariables } from "./host-variables.ts";
import { type Inventory, type InventoryContext, type InventoryHost } from "./inventory.ts";
import { filesOf } from "./source-files.ts";
import { readInventoryFile } from "./inventory-file.ts";
import type { Source } from "./sources.ts";
import { realDirectory, VariablesFiles } from "./variables-files.ts";

/** Groups and hosts as the sources name them, before their variables are merged. */
interface SourceGraph {
  readonly graph: InventoryGraph;
  readonly warnings: readonly InventoryProblem[];
  /** The directories next to which group_vars and host_vars are. */
  readonly directories: readonly string[];
}

/** Reads an inventory without Ansible. Fails with everything that is wrong with its files. */
export function readBuiltin(
  sources: readonly Source[],
  context: InventoryContext,
): Result<Inventory, InventoryProblem[]> {
  const read = readGraph(sources, context);
  if (!read.ok) return read;
  const { graph, directories, warnings } = read.value;
  const { settings, passwords } = context;
  const files = new VariablesFiles(settings, passwords);
  const play = [realDirectory(settings.playbookDirectory)];
  const variables = new HostVariables(graph, settings, { files, inventory: directories.map(realDirectory), play });
  const hosts = new Map([...graph.hosts].map(([name, host]) => [name, inventoryHost(host, variables)]));
  if (files.problems.length > 0) return fail(files.problems);
  const groups = [...graph.groups.values()].map(({ name, hosts: members, children }) => ({
    name,
    hosts: [...members].map((host) => host.name),
    children: [...children].map((child) => child.name),
  }));
  return ok({
    reader: "builtin",
    sources: sources.map(({ text }) => text),
    groups: new Map(groups.map((group) => [group.name, group])),
    hosts,
    implicit: (name) => {
      const host = { name, variables: variables.ofImplicit(name) };
      return files.problems.length > 0 ? fail([...files.problems]) : ok(host);
    },
    warnings,
    context,
  });
}

/** Reads the groups and hosts of all sources; what is wrong in one of them does not hide what is wrong in others. */
function readGraph(sources: readonly Source[], context: InventoryContext): Result<SourceGraph, InventoryProblem[]> {
  const graph = new InventoryGraph(context.settings);
  const problems: InventoryProblem[] = [];
  const warnings: InventoryProblem[] = [];
  const directories: string[] = [];
  let parsed = 0;
  for (const source of sources) {
    if (source.kind === "list") {
      readHostList(source.text, graph);
      parsed += 1;
      continue;
    }
    const files = filesOf(source, context.settings);
    if (!files.ok) {
      problems.push(files.failure);
      continue;
    }
    const isFile = files.value.length === 1 && files.value[0] === source.text;
    directories.push(isFile || files.value.length === 0 ? dirname(source.text) : source.text);
    for (const file of files.value) {
      const found = readInventoryFile(file, graph, context);
      problems.push(...found.problems);
      warnings.push(...found.warnings);
      if (found.problems.length === 0) parsed += 1;
    }
  }
  const isForgiven = parsed > 0 && !context.settings.unparsedIsFailed;
  if (problems.length > 0 && !isForgiven) return fail(problems);
  const reconciled = graph.reconcile();
  if (!reconciled.ok) {
    return fail([{ reason: "inventory-loop", ...reconciled.failure, file: sources[0]?.text ?? "", line: 1 }]);
  }
  return ok({ graph, directories, warnings: [...problems, ...warnings] });
}

/** A comma list: hosts with ports, all in `ungrouped`; what looks like a range is a name. */
function readHostList(text: string, graph: InventoryGraph): void {
  const ungrouped = graph.addGroup("ungrouped");
  for (const item of text.split(",")) {
    const entry = item.trim();
    if (entry === "") continue;
    const address = parseAddress(entry);
    const { host, port } = address === undefined || address.host.includes("[") ? { host: entry } : address;
    if (!graph.hosts.has(host)) graph.addHost(host, ungrouped, "", port);
  }
}

function inventoryHost(host: HostNode, variables: HostVariables): InventoryHost {
  const merged = { name: host.name, variables: variables.of(host) };
  return host.source === "" ? merged : { ...merged, file: host.source };
}
