import type { InventoryProblem } from "./errors.ts";
import type { GroupNode, InventoryGraph } from "./graph.ts";
import { readHostEntry } from "./host-entry.ts";
import type { KeyPlaces } from "./key-places.ts";
import { nearNames } from "./near-names.ts";
import { kindOf, type Value, type Variables } from "./values.ts";

const sections = ["vars", "children", "hosts"] as const;

/** What a reader found besides groups and hosts. */
export interface Findings {
  readonly problems: InventoryProblem[];
  readonly warnings: InventoryProblem[];
}

/** Reads the groups of a YAML or JSON inventory into the graph. */
export function readYamlInventory(data: Variables, places: KeyPlaces, file: string, graph: InventoryGraph): Findings {
  const reader = new YamlInventoryReader(places, file, graph);
  for (const name of data.keys()) reader.group(data, name);
  return reader;
}

class YamlInventoryReader implements Findings {
  readonly problems: InventoryProblem[] = [];
  readonly warnings: InventoryProblem[] = [];
  readonly #places: KeyPlaces;
  readonly #file: string;
  readonly #graph: InventoryGraph;

  constructor(places: KeyPlaces, file: string, graph: InventoryGraph) {
    this.#places = places;
    this.#file = file;
    this.#graph = graph;
  }

  /** Reads the group `name` of `holder`, which is the file or the `children` of another group. */
  group(holder: Variables, name: string): GroupNode | undefined {
    const data = holder.get(name) ?? null;
    const at = this.#place(holder, name);
    if (data !== null && !(data instanceof Map)) {
      // Ansible passes over it; what follows a child then fails.
      this.warnings.push({ reason: "inventory-structure", what: "group", name, found: kindOf(data), ...at });
      return undefined;
    }
    if (name === "" || !this.#places.get(holder, name).text) {
      this.problems.push({ reason: "inventory-name", text: name, problem: name === "" ? "empty" : "not-text", ...at });
      return undefined;
    }
    const group = this.#graph.addGroup(name);
    if (data !== null) this.#sections(group, data);
    return group;
  }

  #sections(group: GroupNode, data: Variables): void {
    for (const [key, value] of data) {
      const section = sections.find((known) => known === key);
      if (section === undefined) {
        const near = nearNames(key, sections);
        const found = { reason: "inventory-unexpected-key", group: group.name, key, near } as const;
        if (value !== null) this.warnings.push({ ...found, ...this.#place(data, key) });
        continue;
      }
      // A single name may stand for a dictionary with that one key.
      const content: Value = typeof value === "string" ? new Map([[value, null]]) : value;
      if (content instanceof Map) this.#section(group, section, content);
      else if (content !== null) this.#misshapen(section, group.name, value, data, key);
    }
  }

  #section(group: GroupNode, section: (typeof sections)[number], content: Variables): void {
    for (const name of content.keys()) {
      if (section === "vars") this.#set(group.name, name, content.get(name) ?? null, content);
      else if (section === "hosts") this.#hosts(group, name, content);
      else this.#child(group, name, content);
    }
  }

  #child(parent: GroupNode, name: string, children: Variables): void {
    const problems = this.problems.length;
    const child = this.group(children, name);
    if (child === undefined) {
      if (this.problems.length === problems) {
        this.#misshapen("group", name, children.get(name) ?? null, children, name);
        this.warnings.pop();
      }
      return;
    }
    const added = this.#graph.addChild(parent, child.name);
    if (!added.ok) this.problems.push({ reason: "inventory-loop", ...added.failure, ...this.#place(children, name) });
  }

  #hosts(group: GroupNode, text: string, hosts: Variables): void {
    const at = this.#place(hosts, text);
    if (!this.#places.get(hosts, text).text) {
      this.problems.push({ reason: "inventory-name", text, problem: "not-text", ...at });
      return;
    }
    const entry = readHostEntry(text);
    if (!entry.ok) {
      this.problems.push({ ...entry.failure, text, ...at });
      return;
    }
    const variables = hosts.get(text) ?? null;
    if (!(variables instanceof Map) && !isFalsy(variables)) this.#misshapen("host", text, variables, hosts, text);
    for (const name of entry.value.names) {
      this.#graph.addHost(name, group, this.#file, entry.value.port);
      if (!(variables instanceof Map)) continue;
      for (const [variable, value] of variables) this.#set(name, variable, value, variables);
    }
  }

  #set(entity: string, name: string, value: Value, holder: Variables): void {
    if (this.#graph.setVariable(entity, name, value).ok) return;
    const text = typeof value === "string" ? value : "";
    this.problems.push({ reason: "inventory-priority", group: entity, text, ...this.#place(holder, name) });
  }

  #misshapen(
    what: "group" | "host" | (typeof sections)[number],
    name: string,
    value: Value,
    holder: Variables,
    key: string,
  ): void {
    const found = kindOf(value);
    this.problems.push({ reason: "inventory-structure", what, name, found, ...this.#place(holder, key) });
  }

  #place(holder: Variables, key: string): { readonly file: string; readonly line: number; readonly column: number } {
    const { line, column } = this.#places.get(holder, key);
    return { file: this.#file, line, column };
  }
}

/** What Python takes for "nothing there": such a host simply has no variables. */
function isFalsy(value: Value): boolean {
  return (
    value === null || value === false || value === 0 || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
