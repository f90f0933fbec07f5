import { fail, ok, type Result } from "../../domain/result.ts";
import type { VariableProblem } from "./errors.ts";
import { floatText } from "./python-text.ts";
import { Float, type Value } from "./values.ts";

/** Why a template has no value. */
export type TemplateProblem = Extract<VariableProblem, "template" | "undefined" | "template-loop" | "not-text">;

/** What a template may name. */
export interface TemplateNames {
  /** The value of a variable, itself without templates; undefined when there is none. */
  variable(name: string): Result<Value, TemplateProblem> | undefined;
  /** The environment, for `lookup('env', 'NAME')`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

const expression = /\{\{(?<inner>(?:'[^']*'|"[^"]*"|[^'"}]|\}(?!\}))*)\}\}/g;
const literal = String.raw`'[^']*'|"[^"]*"`;
const simple = new RegExp(
  String.raw`^\s*(?:(?<name>[A-Za-z_]\w*)(?<path>(?:\.[A-Za-z_]\w*|\[(?:${literal}|\d+)\])*)|lookup\(\s*['"](?:ansible\.builtin\.)?env['"]\s*,\s*(?<env>${literal})\s*\)|(?<text>${literal}))\s*(?:\|\s*d(?:efault)?\(\s*(?<otherwise>${literal})\s*(?:,\s*(?:true|True)\s*)?\)\s*)?$`,
);

/** Whether a text would be a template to Ansible. */
export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text);
}

/**
 * The value of a text with simple Jinja expressions: `{{ name }}`, `{{ name.key }}`, `{{ name['key'] }}`,
 * `{{ lookup('env', 'NAME') }}`, each with `| default('text')`. A text that is one expression keeps its value's kind.
 */
export function renderTemplate(text: string, names: TemplateNames): Result<Value, TemplateProblem> {
  const [whole] = text.matchAll(expression);
  if (whole !== undefined && whole[0] === text.trim()) return evaluate(whole.groups?.["inner"] ?? "", names);
  if (/\{[%#]/.test(text)) return fail("template");
  let rendered = "";
  let end = 0;
  for (const match of text.matchAll(expression)) {
    const value = evaluate(match.groups?.["inner"] ?? "", names);
    if (!value.ok) return value;
    const written = pythonText(value.value);
    if (written === undefined) return fail("not-text");
    rendered += text.slice(end, match.index) + written;
    end = match.index + match[0].length;
  }
  const rest = text.slice(end);
  return rest.includes("{{") ? fail("template") : ok(rendered + rest);
}

function evaluate(inner: string, names: TemplateNames): Result<Value, TemplateProblem> {
  const parts = simple.exec(inner)?.groups;
  if (parts === undefined) return fail("template");
  const value = operand(parts, names);
  if (value.ok ? value.value === "" && parts["env"] !== undefined : value.failure === "undefined") {
    const otherwise = parts["otherwise"];
    return otherwise === undefined ? value : ok(otherwise.slice(1, -1));
  }
  return value;
}

function operand(
  parts: Readonly<Record<string, string | undefined>>,
  names: TemplateNames,
): Result<Value, TemplateProblem> {
  if (parts["text"] !== undefined) return ok(parts["text"].slice(1, -1));
  if (parts["env"] !== undefined) return ok(names.env[parts["env"].slice(1, -1)] ?? "");
  const value = names.variable(parts["name"] ?? "");
  if (value === undefined) return fail("undefined");
  if (!value.ok) return value;
  let found: Value | undefined = value.value;
  for (const [step] of (parts["path"] ?? "").matchAll(/\.\w+|\[(?:'[^']*'|"[^"]*"|\d+)\]/g)) {
    const key = step.replace(/^\.|^\[['"]?|['"]?\]$/g, "");
    if (found instanceof Map) found = found.get(key);
    else found = Array.isArray(found) ? found.at(Number(key)) : undefined;
    if (found === undefined) return fail("undefined");
  }
  return ok(found);
}

/** A value inside a text, as Python writes it; undefined for lists, dictionaries and vaulted strings. */
export function pythonText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value instanceof Float) return floatText(value.value);
  return value === null ? "None" : undefined;
}
