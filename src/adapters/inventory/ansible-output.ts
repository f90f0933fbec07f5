import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryGroup } from "./inventory.ts";
import { readJson } from "./python-json-read.ts";
import type { Value, Variables } from "./values.ts";

/** The groups and hosts in the output of `ansible-inventory --list`. */
export interface AnsibleOutput {
  readonly groups: ReadonlyMap<string, InventoryGroup>;
  readonly variables: ReadonlyMap<string, Variables>;
}

const none: Variables = new Map();

/** Reads the output of `ansible-inventory --list`; fails with what is wrong with it, in English. */
export function readAnsibleOutput(text: string): Result<AnsibleOutput, string> {
  const json = readJson(text.slice(Math.max(text.indexOf("{"), 0)));
  if (!json.ok) return fail(`not JSON at line ${json.failure.line}, column ${json.failure.column}`);
  const output = json.value;
  if (!(output instanceof Map)) return fail("not a JSON object");
  const meta = output.get("_meta");
  const variables = meta instanceof Map ? meta.get("hostvars") : undefined;
  if (!(variables instanceof Map)) return fail("no _meta.hostvars");
  const groups = new Map<string, InventoryGroup>();
  const add = (name: string): void => {
    if (groups.has(name)) return;
    const entry = output.get(name);
    const children = names(entry instanceof Map ? entry.get("children") : undefined);
    groups.set(name, { name, hosts: names(entry instanceof Map ? entry.get("hosts") : undefined), children });
    for (const child of children) add(child);
  };
  add("all");
  add("ungrouped");
  const entries = [...variables].map(([host, value]) => [host, value instanceof Map ? value : none] as const);
  return ok({ groups, variables: new Map(entries) });
}

function names(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
