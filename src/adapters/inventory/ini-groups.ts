import type { InventoryProblem } from "./errors.ts";
import type { InventoryGraph } from "./graph.ts";
import { nearNames } from "./near-names.ts";

/** A group that an INI inventory mentions before, or without, declaring it. */
interface Pending {
  readonly line: number;
  readonly section: "vars" | "children";
  readonly parents: string[];
}

/**
 * The groups of one INI inventory: `[group]` and `[group:children]` declare one, wherever they stand; a child or
 * `[group:vars]` of a group that nothing declares is a problem. A child joins its parent when it is declared.
 */
export class IniGroups {
  readonly #file: string;
  readonly #graph: InventoryGraph;
  readonly #problems: InventoryProblem[];
  readonly #pending = new Map<string, Pending>();

  constructor(file: string, graph: InventoryGraph, problems: InventoryProblem[]) {
    this.#file = file;
    this.#graph = graph;
    this.#problems = problems;
  }

  section(group: string, kind: string, line: number): void {
    if (!this.#graph.groups.has(group)) {
      if (kind === "vars" && !this.#pending.has(group))
        this.#pending.set(group, { line, section: "vars", parents: [] });
      this.#graph.addGroup(group);
    }
    if (kind === "vars") return;
    if (this.#pending.get(group)?.section === "children") this.#adopt(group);
    this.#pending.delete(group);
  }

  child(parent: string, child: string, line: number): void {
    if (this.#graph.groups.has(child)) {
      this.#connect(parent, child, line);
      return;
    }
    const pending = this.#pending.get(child);
    if (pending === undefined) this.#pending.set(child, { line, section: "children", parents: [parent] });
    else pending.parents.push(parent);
  }

  end(): void {
    for (const [group, { line, section, parents }] of this.#pending) {
      const near = nearNames(
        group,
        [...this.#graph.groups.keys()].filter((name) => name !== group),
      );
      const problem = { reason: "inventory-undefined-group", group, section, near, file: this.#file, line } as const;
      const parent = parents.at(-1);
      this.#problems.push(parent === undefined ? problem : { ...problem, parent });
    }
  }

  #adopt(group: string): void {
    const pending = this.#pending.get(group);
    this.#pending.delete(group);
    for (const parent of pending?.parents ?? []) {
      this.#connect(parent, group, pending?.line ?? 1);
      if (this.#pending.get(parent)?.section === "children") this.#adopt(parent);
    }
  }

  #connect(parent: string, child: string, line: number): void {
    const added = this.#graph.addChild(this.#graph.addGroup(parent), child);
    if (!added.ok) this.#problems.push({ reason: "inventory-loop", ...added.failure, file: this.#file, line });
  }
}
