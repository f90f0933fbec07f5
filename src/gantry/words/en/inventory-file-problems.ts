import type { YamlSyntaxProblem, NameProblem } from "../../../adapters/inventory/errors.ts";
import type { HostRangeProblem } from "../../../adapters/inventory/host-range.ts";
import type { LiteralProblem } from "../../../adapters/inventory/python-literal.ts";
import type { InventoryFileProblem, InventoryFileWords } from "../problem-words.ts";
import { isHidden, oneLine, quoted, shortened } from "../shown-values.ts";

const didYouMean = (near: readonly string[]): string =>
  near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
const shown = (text: string): string =>
  isHidden(text) ? "a text (not shown, it may be a password)" : quoted(shortened(text));

/** The kinds of values as the inventory adapter calls them. */
export const kinds: Readonly<Record<string, string>> = {
  null: "empty",
  boolean: "a boolean",
  integer: "a whole number",
  float: "a number",
  list: "a list",
  dictionary: "a dictionary",
  string: "a text",
};

type Structure = Extract<InventoryFileProblem, { readonly reason: "inventory-structure" }>;

const structures: Readonly<Record<Structure["what"], (name: string) => string>> = {
  file: () => "the file",
  group: (name) => `the group ${quoted(name)}`,
  vars: (name) => `vars of the group ${quoted(name)}`,
  children: (name) => `children of the group ${quoted(name)}`,
  hosts: (name) => `hosts of the group ${quoted(name)}`,
  host: (name) => `the host ${quoted(name)}`,
};

const yaml: Readonly<Record<YamlSyntaxProblem, (detail: string) => string>> = {
  syntax: (detail) =>
    `this is not valid YAML${detail === "" ? "" : ` (${oneLine(detail)})`}. Check indentation, colons, brackets and quotes.`,
  template: () => `{{ }} without quotes is a dictionary to YAML. Put the whole value in quotes: "{{ name }}".`,
  tab: () => "a tab indents this line, which YAML does not allow. Use spaces.",
  alias: (detail) => alias(detail),
  tag: (detail) => `Ansible cannot read ${quoted(detail)} here. Put it in quotes if it is text.`,
  date: (detail) => `there is no such day or time as ${quoted(detail)}. Put it in quotes if it is text.`,
  key: () => "a list or a dictionary cannot be a key. Put the key in quotes if it is text.",
  merge: () => "<< takes in dictionaries only. Name one with an anchor: <<: *defaults.",
  documents: () =>
    "a second YAML document begins here, and Ansible reads one. Remove the ---, or make it a file of its own.",
};

function alias(detail: string): string {
  if (detail.startsWith("*"))
    return `${detail} refers to an anchor that is not there. Add &${detail.slice(1)} before it.`;
  if (detail.startsWith("&")) return `the anchor ${detail} is there twice. Rename one.`;
  return "this refers to the value that it stands in. Write the value out.";
}

const literals: Readonly<Record<LiteralProblem, string>> = {
  unhashable: "has a list, a set or a dictionary as a key or in a set, which Python does not take",
  key: "has a key that is neither a text nor a number",
};

const names: Readonly<Record<NameProblem, (text: string) => string>> = {
  empty: (text) => `${quoted(text)} has an empty name. Name the host or group.`,
  colon: (text) =>
    `${quoted(text)} has a colon and no port. Remove the colon; if the file is YAML, let its name end in .yml.`,
  "yaml-marker": (text) => `${quoted(text)} begins YAML, but the file is read as INI. Let its name end in .yml.`,
  "not-text": (text) => `${quoted(text)} is no text to YAML, and names must be. Put it in quotes.`,
};

const ranges: Readonly<Record<HostRangeProblem, string>> = {
  form: "is no range",
  "no-end": "is a range without an end",
  width: "is a range whose ends have different numbers of digits",
  order: "is a range that ends before it begins",
  "not-a-number": "is a range whose ends are neither whole numbers nor single letters",
  "zero-step": "is a range with a step of 0",
  "too-many": "is a range of too many hosts",
};

/** What is wrong inside an inventory, a variables file or ansible.cfg; file and line stand before it. */
export const inventoryFileProblems: InventoryFileWords = {
  "inventory-config": (p) =>
    `${shown(p.text)} does not belong in ansible.cfg. Allowed: [section], and below it name = value, each once.`,
  "inventory-encoding": () => "this line is not UTF-8. Save the file as UTF-8, for example: iconv -f GB18030 -t UTF-8.",
  "inventory-section": (p) => `${shown(p.text)} is no section. Allowed: [group], [group:children], [group:vars].`,
  "inventory-section-kind": (p) =>
    `${quoted(`[${p.group}:${p.kind}]`)} is no section.${didYouMean(p.near.map((kind) => `[${p.group}:${kind}]`))} Allowed: [${p.group}], [${p.group}:children], [${p.group}:vars].`,
  "inventory-undefined-group": (p) =>
    p.section === "vars"
      ? `[${p.group}:vars] is there, but no group ${quoted(p.group)}.${didYouMean(p.near)} Add [${p.group}], or correct the name.`
      : `[${p.parent ?? ""}:children] names the group ${quoted(p.group)}, which is not there.${didYouMean(p.near)} Add [${p.group}], or correct the name.`,
  "inventory-group-name": (p) =>
    `${shown(p.text)} cannot name a group. Write one name a line, without spaces and colons.`,
  "inventory-assignment": (p) =>
    p.section === "hosts"
      ? `${shown(p.text)} behind a host is no variable. Write name=value without spaces around "=", and one host a line.`
      : `${shown(p.text)} sets no variable. Write name=value.`,
  "inventory-quoting": (p) =>
    p.problem === "quote"
      ? `a quote is never closed in ${shown(p.text)}. Close it.`
      : `a backslash stands before nothing in ${shown(p.text)}. Remove or double it.`,
  "inventory-literal": (p) =>
    `the value of ${p.name} ${literals[p.problem]}. If it is text, put all of it in double quotes.`,
  "inventory-yaml": (p) => yaml[p.problem](p.detail),
  "inventory-structure": (p) =>
    `${structures[p.what](p.name)} must be a dictionary (lines like "name:" or "name: value"), but is ${kinds[p.found] ?? p.found}. Write it as one.`,
  "inventory-unexpected-key": (p) =>
    `${quoted(p.key)} means nothing in the group ${quoted(p.group)}, and Ansible passes over it.${didYouMean(p.near)} Allowed: hosts, children, vars.`,
  "inventory-name": (p) => names[p.problem](p.text),
  "inventory-range": (p) =>
    `${quoted(p.text)} ${ranges[p.problem]}. Write it like web[1:9], web[01:12], web[0:10:2] or web[a:f].`,
  "inventory-loop": (p) =>
    p.group === p.child
      ? `the group ${quoted(p.group)} cannot be its own child. Remove it here.`
      : `the group ${quoted(p.child)} cannot be a child of ${quoted(p.group)}, since ${quoted(p.group)} is already below it. Remove one of the two.`,
  "inventory-priority": (p) =>
    `ansible_group_priority of the group ${quoted(p.group)} is ${p.text === "" ? "no number" : quoted(p.text)}. Allowed: a whole number.`,
};
