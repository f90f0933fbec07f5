import { accessSync, constants } from "node:fs";
import type { InventoryProblem } from "./errors.ts";
import { readData } from "./data-file.ts";
import type { InventoryGraph } from "./graph.ts";
import { readIniInventory } from "./ini-inventory.ts";
import type { InventoryContext } from "./inventory.ts";
import { extension } from "./python-text.ts";
import { readText } from "./text-file.ts";
import { kindOf, type Value } from "./values.ts";
import { type Findings, readYamlInventory } from "./yaml-inventory.ts";

/**
 * Reads one inventory file into the graph by Ansible's rules: YAML (or JSON) where the name allows it and the text is
 * a dictionary, else INI. Programs, plugin configurations and TOML files need Ansible itself.
 */
export function readInventoryFile(file: string, graph: InventoryGraph, context: InventoryContext): Findings {
  const { inventoryPlugins: plugins, yamlExtensions } = context.settings;
  const text = readText(file, context.passwords);
  if (!text.ok) return { problems: [text.failure], warnings: [] };
  if (isProgram(file, text.value) && plugins.includes("script")) return needsAnsible(file, "script");
  const suffix = extension(file);
  if (suffix === ".toml") return needsAnsible(file, "toml");
  const isYamlName = suffix === "" || yamlExtensions.includes(suffix);
  const data = isYamlName && plugins.includes("yaml") ? readData(text.value) : undefined;
  if (data?.ok === true && data.value.value instanceof Map) {
    const plugin = data.value.value.get("plugin");
    if (isTruthy(plugin)) return needsAnsible(file, "plugin", typeof plugin === "string" ? plugin : undefined);
    return readYamlInventory(data.value.value, data.value.places, file, graph);
  }
  if (!plugins.includes("ini")) return yamlFindings(file, data);
  const problems = readIniInventory(text.value, file, graph);
  const asYaml = yamlFindings(file, data);
  return problems.length > 0 && asYaml.problems.length > 0 && looksLikeYaml(text.value, suffix)
    ? asYaml
    : { problems, warnings: [] };
}

function isProgram(file: string, text: string): boolean {
  if (!text.startsWith("#!") && !text.startsWith("\u{7f}ELF")) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function needsAnsible(file: string, kind: "script" | "plugin" | "toml", name?: string): Findings {
  const problem: InventoryProblem = { reason: "inventory-needs-ansible", file, kind };
  return { problems: [name === undefined ? problem : { ...problem, name }], warnings: [] };
}

function yamlFindings(file: string, data: ReturnType<typeof readData> | undefined): Findings {
  if (data === undefined || (data.ok && data.value.value === null)) return { problems: [], warnings: [] };
  if (!data.ok) {
    return { problems: data.failure.map((issue) => ({ reason: "inventory-yaml", file, ...issue })), warnings: [] };
  }
  const found = kindOf(data.value.value);
  return { problems: [{ reason: "inventory-structure", what: "file", name: "", found, file, line: 1 }], warnings: [] };
}

/** Which of two failed readings to report: a section header or a YAML name decide, else the look of the first line. */
function looksLikeYaml(text: string, suffix: string): boolean {
  if (/^[ \t]*\[[^\]]+\][ \t]*(?:[#;].*)?$/m.test(text)) return false;
  if (suffix !== "") return true;
  return /^(?:\s|#.*\n)*(?:---|[\w.-]+:(?:\s|$))/.test(text);
}

function isTruthy(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== "" && value !== 0;
}
