import type { InventoryProblem } from "./errors.ts";
import type { InventoryGraph } from "./graph.ts";
import { readHostEntry } from "./host-entry.ts";
import { IniGroups } from "./ini-groups.ts";
import { nearNames } from "./near-names.ts";
import { literalValue } from "./python-literal.ts";
import { splitWords } from "./python-shlex.ts";
import { PYTHON_SPACE, splitLines, strip } from "./python-text.ts";
import { shown } from "./redaction.ts";
import type { Value } from "./values.ts";

const sectionKinds = ["hosts", "children", "vars"];
const rest = String.raw`[${PYTHON_SPACE}]*(?:#.*)?$`;
const section = new RegExp(String.raw`^\[(?<group>[^:\]${PYTHON_SPACE}]+)(?::(?<kind>[\p{L}\p{N}_]+))?\]${rest}`, "u");
const groupName = new RegExp(String.raw`^(?<group>[^:\]${PYTHON_SPACE}]+)${rest}`, "u");

/**
 * Reads an INI inventory into the graph and returns everything that is wrong with it. Lines before the first section
 * are hosts of `ungrouped`; what stands under a broken section is passed over.
 */
export function readIniInventory(text: string, file: string, graph: InventoryGraph): InventoryProblem[] {
  const reader = new IniReader(file, graph);
  for (const [index, line] of splitLines(text).entries()) reader.line(strip(line), index + 1);
  return reader.end();
}

class IniReader {
  readonly #file: string;
  readonly #graph: InventoryGraph;
  readonly #groups: IniGroups;
  readonly #problems: InventoryProblem[] = [];
  #group = "ungrouped";
  #kind: string | undefined = "hosts";

  constructor(file: string, graph: InventoryGraph) {
    this.#file = file;
    this.#graph = graph;
    this.#groups = new IniGroups(file, graph, this.#problems);
  }

  line(line: string, number: number): void {
    if (line === "" || line.startsWith("#") || line.startsWith(";")) return;
    const place = { file: this.#file, line: number };
    const header = section.exec(line)?.groups;
    if (header !== undefined) {
      this.#section(header["group"] ?? "", header["kind"] ?? "hosts", number);
    } else if (line.startsWith("[") && line.endsWith("]")) {
      this.#problems.push({ reason: "inventory-section", text: line, ...place });
      this.#kind = undefined;
    } else if (this.#kind === "hosts") {
      this.#hosts(line, number);
    } else if (this.#kind === "vars") {
      this.#variable(line, number);
    } else if (this.#kind === "children") {
      const child = groupName.exec(line)?.groups?.["group"];
      if (child === undefined) this.#problems.push({ reason: "inventory-group-name", text: line, ...place });
      else this.#groups.child(this.#group, child, number);
    }
  }

  end(): InventoryProblem[] {
    this.#groups.end();
    return this.#problems;
  }

  #section(name: string, kind: string, number: number): void {
    this.#group = this.#graph.groupName(name);
    this.#kind = sectionKinds.find((known) => known === kind);
    if (this.#kind === undefined) {
      const near = nearNames(kind, sectionKinds);
      this.#problems.push({
        reason: "inventory-section-kind",
        group: name,
        kind,
        near,
        file: this.#file,
        line: number,
      });
      return;
    }
    this.#groups.section(this.#group, kind, number);
  }

  #hosts(line: string, number: number): void {
    const place = { file: this.#file, line: number };
    const words = splitWords(line, { comments: true });
    if (!words.ok) {
      this.#problems.push({ reason: "inventory-quoting", text: shown(line, line), problem: words.failure, ...place });
      return;
    }
    const [text = "", ...assignments] = words.value;
    const entry = readHostEntry(text);
    if (!entry.ok) {
      this.#problems.push({ ...entry.failure, text, ...place });
      return;
    }
    if (strip(text).endsWith(":") && entry.value.port === undefined) {
      this.#problems.push({ reason: "inventory-name", text, problem: "colon", ...place });
      return;
    }
    if (entry.value.names.some((name) => strip(name) === "---")) {
      this.#problems.push({ reason: "inventory-name", text, problem: "yaml-marker", ...place });
      return;
    }
    const variables = assignments.flatMap((assignment) => this.#assignment(assignment, line, number));
    const group = this.#graph.addGroup(this.#group);
    for (const name of entry.value.names) {
      this.#graph.addHost(name, group, this.#file, entry.value.port);
      for (const [variable, value] of variables) this.#set(name, variable, value, number);
    }
  }

  #assignment(text: string, line: string, number: number): [string, Value][] {
    const equals = text.indexOf("=");
    if (equals < 0) {
      const problem = { reason: "inventory-assignment", section: "hosts", text: shown(text, line) } as const;
      this.#problems.push({ ...problem, file: this.#file, line: number });
      return [];
    }
    return this.#value(text.slice(0, equals), text.slice(equals + 1), number);
  }

  #variable(line: string, number: number): void {
    const equals = line.indexOf("=");
    if (equals < 0) {
      const problem = { reason: "inventory-assignment", section: "vars", text: shown(line, line) } as const;
      this.#problems.push({ ...problem, file: this.#file, line: number });
      return;
    }
    const found = this.#value(strip(line.slice(0, equals)), strip(line.slice(equals + 1)), number);
    for (const [name, value] of found) this.#set(this.#group, name, value, number);
  }

  #value(name: string, text: string, number: number): [string, Value][] {
    const value = literalValue(text);
    if (value.ok) return [[name, value.value]];
    this.#problems.push({ reason: "inventory-literal", name, problem: value.failure, file: this.#file, line: number });
    return [];
  }

  #set(entity: string, name: string, value: Value, number: number): void {
    if (this.#graph.setVariable(entity, name, value).ok) return;
    const text = typeof value === "string" ? value : "";
    this.#problems.push({ reason: "inventory-priority", group: entity, text, file: this.#file, line: number });
  }
}
