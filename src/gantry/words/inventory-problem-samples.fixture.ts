import type { InventoryProblem, NameProblem, VariableProblem, VaultProblem } from "../../adapters/inventory/errors.ts";
import type { YamlSyntaxProblem } from "../../adapters/inventory/errors.ts";
import type { HostRangeProblem } from "../../adapters/inventory/host-range.ts";

const line = { file: "/opt/inventory/hosts", line: 12 } as const;
const place = { file: "/opt/inventory/hosts.yml", line: 12, column: 5 } as const;
const near = ["near-1", "near-2"] as const;

type Yaml = Extract<InventoryProblem, { readonly reason: "inventory-yaml" }>;
const yaml = (problem: YamlSyntaxProblem, detail: string): Yaml => ({
  ...place,
  reason: "inventory-yaml",
  problem,
  detail,
});

const yamlProblems: { readonly [P in YamlSyntaxProblem]: readonly Yaml[] } = {
  syntax: [yaml("syntax", "Missing closing quote"), yaml("syntax", "")],
  template: [yaml("template", "")],
  tab: [yaml("tab", "")],
  alias: [yaml("alias", "*base"), yaml("alias", "&base"), yaml("alias", "")],
  tag: [yaml("tag", "!foo")],
  date: [yaml("date", "2026-02-30")],
  key: [yaml("key", "")],
  merge: [yaml("merge", "<<")],
  documents: [yaml("documents", "")],
};

const name = (problem: NameProblem, text: string): InventoryProblem & { readonly reason: "inventory-name" } => ({
  ...line,
  reason: "inventory-name",
  text,
  problem,
});

const nameProblems: { readonly [P in NameProblem]: InventoryProblem & { readonly reason: "inventory-name" } } = {
  empty: name("empty", ":22"),
  colon: name("colon", "web:"),
  "yaml-marker": name("yaml-marker", "---"),
  "not-text": name("not-text", "True"),
};

const ranges: Readonly<Record<HostRangeProblem, string>> = {
  form: "web[1-3]",
  "no-end": "web[1:]",
  width: "web[01:100]",
  order: "web[c:a]",
  "not-a-number": "web[a1:b2]",
  "zero-step": "web[1:9:0]",
  "too-many": "web[1:999999]",
};

type Range = Extract<InventoryProblem, { readonly reason: "inventory-range" }>;
const range = (problem: HostRangeProblem): Range => ({
  ...line,
  reason: "inventory-range",
  text: ranges[problem],
  problem,
});

type Vault = Extract<InventoryProblem, { readonly reason: "inventory-vault" }>;
const vault = (problem: VaultProblem): readonly Vault[] => [
  { reason: "inventory-vault", problem },
  { reason: "inventory-vault", problem, file: "/opt/group_vars/all/vault.yml" },
  { reason: "inventory-vault", problem, host: "web1", variable: "ansible_password" },
  { reason: "inventory-vault", problem, host: "web1", variable: "ansible_password", file: "/opt/host_vars/web1" },
];

type Variable = Extract<InventoryProblem, { readonly reason: "inventory-variable" }>;
const variable = (problem: VariableProblem, text: string): Variable => ({
  reason: "inventory-variable",
  host: "web1",
  variable: "ansible_thing",
  problem,
  text,
});

const variableProblems: { readonly [P in VariableProblem]: Variable } = {
  template: variable("template", "{{ a | upper }}"),
  undefined: variable("undefined", "{{ a }}"),
  "template-loop": variable("template-loop", "{{ b }}"),
  "not-text": variable("not-text", "[1, 2]"),
  "not-a-port": variable("not-a-port", "ssh"),
  "not-a-boolean": variable("not-a-boolean", "maybe"),
  quoting: variable("quoting", "-o 'A"),
  connection: variable("connection", "winrm"),
  "become-method": variable("become-method", "doas"),
};

/** Inventory problems of every reason, and of every problem below a reason. */
export const inventorySamples: {
  readonly [R in InventoryProblem["reason"]]: readonly Extract<InventoryProblem, { readonly reason: R }>[];
} = {
  "inventory-missing": [
    { reason: "inventory-missing", source: "/opt/none", origin: "option" },
    { reason: "inventory-missing", source: "/opt/none", origin: "environment" },
    { reason: "inventory-missing", source: "/opt/none", origin: "ansible.cfg" },
    { reason: "inventory-missing", source: "/etc/ansible/hosts", origin: "default" },
  ],
  "inventory-unreadable": [{ reason: "inventory-unreadable", file: "/opt/hosts", detail: "EACCES: permission denied" }],
  "inventory-empty-directory": [{ reason: "inventory-empty-directory", directory: "/opt/inventory" }],
  "inventory-config": [{ ...line, reason: "inventory-config", text: "forks 5" }],
  "inventory-encoding": [{ ...line, reason: "inventory-encoding" }],
  "inventory-needs-ansible": [
    { reason: "inventory-needs-ansible", file: "/opt/cloud.py", kind: "script" },
    { reason: "inventory-needs-ansible", file: "/opt/aws_ec2.yml", kind: "plugin", name: "amazon.aws.aws_ec2" },
    { reason: "inventory-needs-ansible", file: "/opt/some.yml", kind: "plugin" },
    { reason: "inventory-needs-ansible", file: "/opt/hosts.toml", kind: "toml" },
  ],
  "inventory-program-missing": [{ reason: "inventory-program-missing", program: "ansible-inventory" }],
  "inventory-program-failed": [
    {
      reason: "inventory-program-failed",
      program: "ansible-inventory",
      exitCode: 4,
      detail: "No inventory was parsed",
    },
    { reason: "inventory-program-failed", program: "ansible-inventory", exitCode: undefined, detail: "killed" },
  ],
  "inventory-program-deadline": [{ reason: "inventory-program-deadline", program: "ansible-inventory", seconds: 60 }],
  "inventory-program-output": [{ reason: "inventory-program-output", program: "ansible-inventory", detail: "no JSON" }],
  "inventory-section": [{ ...line, reason: "inventory-section", text: "[web servers]" }],
  "inventory-section-kind": [
    { ...line, reason: "inventory-section-kind", group: "web", kind: "childs", near: ["children"] },
    { ...line, reason: "inventory-section-kind", group: "web", kind: "x", near: [] },
  ],
  "inventory-undefined-group": [
    { ...line, reason: "inventory-undefined-group", group: "wbe", section: "vars", near },
    { ...line, reason: "inventory-undefined-group", group: "wbe", section: "children", parent: "prod", near: [] },
  ],
  "inventory-group-name": [{ ...line, reason: "inventory-group-name", text: "web servers" }],
  "inventory-assignment": [
    { ...line, reason: "inventory-assignment", text: "web2", section: "hosts" },
    { ...line, reason: "inventory-assignment", text: "ansible_user", section: "vars" },
  ],
  "inventory-quoting": [
    { ...line, reason: "inventory-quoting", text: "web1 note='x", problem: "quote" },
    { ...line, reason: "inventory-quoting", text: "web1 note=x\\", problem: "backslash" },
  ],
  "inventory-literal": [
    { ...line, reason: "inventory-literal", name: "motd", problem: "unhashable" },
    { ...line, reason: "inventory-literal", name: "motd", problem: "key" },
  ],
  "inventory-yaml": Object.values(yamlProblems).flat(),
  "inventory-structure": (["file", "group", "vars", "children", "hosts", "host"] as const).map((what) => ({
    ...place,
    reason: "inventory-structure",
    what,
    name: what === "file" ? "" : "web",
    found: "list",
  })),
  "inventory-unexpected-key": [
    { ...place, reason: "inventory-unexpected-key", group: "web", key: "host", near: ["hosts"] },
    { ...place, reason: "inventory-unexpected-key", group: "web", key: "x", near: [] },
  ],
  "inventory-variables-file": [{ reason: "inventory-variables-file", file: "/opt/group_vars/web", found: "list" }],
  "inventory-name": Object.values(nameProblems),
  "inventory-range": (["form", "no-end", "width", "order", "not-a-number", "zero-step", "too-many"] as const).map(
    range,
  ),
  "inventory-loop": [
    { ...line, reason: "inventory-loop", group: "a", child: "b" },
    { ...line, reason: "inventory-loop", group: "a", child: "a" },
  ],
  "inventory-priority": [
    { ...place, reason: "inventory-priority", group: "web", text: "high" },
    { ...place, reason: "inventory-priority", group: "web", text: "" },
  ],
  "inventory-vault": (["no-password", "wrong-password", "damaged", "password-file"] as const).flatMap(vault),
  "inventory-variable": Object.values(variableProblems),
  "inventory-pattern": (["empty", "brackets", "regular-expression", "subscript"] as const).map((problem) => ({
    reason: "inventory-pattern",
    pattern: "web,~[x",
    part: problem === "brackets" ? "web,~[x" : "~[x",
    problem,
  })),
  "inventory-no-match": [
    { reason: "inventory-no-match", pattern: "demo", unmatched: [{ part: "demo", near }], hosts: 12, sources: ["/a"] },
    { reason: "inventory-no-match", pattern: "demo", unmatched: [{ part: "demo", near: [] }], hosts: 12, sources: [] },
    { reason: "inventory-no-match", pattern: "web:!web", unmatched: [], hosts: 12, sources: ["/a", "/b"] },
    { reason: "inventory-no-match", pattern: "demo", unmatched: [], hosts: 0, sources: ["/a"] },
  ],
  "inventory-unknown-host": [
    { reason: "inventory-unknown-host", host: "web9", near },
    { reason: "inventory-unknown-host", host: "web9", near: [] },
  ],
};
