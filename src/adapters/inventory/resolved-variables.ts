import { isIP } from "node:net";
import { dirname } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem, VariableProblem } from "./errors.ts";
import type { InventoryContext, InventoryHost } from "./inventory.ts";
import { isTemplate, pythonText, renderTemplate, type TemplateProblem } from "./templates.ts";
import { UnsafeText, type Value, VaultText } from "./values.ts";
import { decryptVault } from "./vault.ts";

type Problem = TemplateProblem | { readonly vault: InventoryProblem };

/** One host's variables with templates replaced and vaulted strings opened; `problems` gathers what cannot be used. */
export class ResolvedVariables {
  readonly problems: InventoryProblem[] = [];
  readonly #host: InventoryHost;
  readonly #context: InventoryContext;

  constructor(host: InventoryHost, context: InventoryContext) {
    this.#host = host;
    this.#context = context;
  }

  /** The value of the last of these variables that is set, as Ansible prefers them. */
  value(names: readonly string[]): { readonly name: string; readonly value: Value } | undefined {
    const name = names.findLast((candidate) => (this.#host.variables.get(candidate) ?? null) !== null);
    if (name === undefined) return undefined;
    const raw = this.#host.variables.get(name) ?? null;
    const value = this.#resolve(raw, name, [name]);
    if (value.ok) return { name, value: value.value };
    if (typeof value.failure === "string") this.reject(name, value.failure, raw);
    else this.problems.push(value.failure.vault);
    return undefined;
  }

  /** The text of the last of these variables that is set and not empty. */
  text(names: readonly string[]): string | undefined {
    const found = this.value(names);
    if (found === undefined || found.value === "") return undefined;
    const text = pythonText(found.value);
    if (text === undefined) this.reject(found.name, "not-text", found.value);
    return text;
  }

  /** Notes that a variable cannot be used. Values of variables that look secret are not repeated. */
  reject(variable: string, problem: VariableProblem, value: Value): void {
    const written = pythonText(value) ?? "";
    const text = /pass|secret|token/i.test(variable + written) ? "[redacted]" : written;
    this.problems.push({ reason: "inventory-variable", host: this.#host.name, variable, problem, text });
  }

  #resolve(value: Value, name: string, open: readonly string[]): Result<Value, Problem> {
    if (value instanceof UnsafeText) return ok(value.text);
    if (value instanceof VaultText) {
      const opened = decryptVault(value.ciphertext, this.#context.passwords);
      if (opened.ok) return opened;
      const host = this.#host.name;
      return fail({ vault: { reason: "inventory-vault", problem: opened.failure, host, variable: name } });
    }
    if (typeof value !== "string" || !isTemplate(value)) return ok(value);
    let vault: Problem | undefined;
    const rendered = renderTemplate(value, {
      env: this.#context.surroundings.env,
      variable: (other) => {
        if (open.includes(other)) return fail("template-loop");
        const raw = this.#host.variables.get(other) ?? this.#magic(other);
        if (raw === undefined) return undefined;
        const resolved = this.#resolve(raw, other, [...open, other]);
        if (resolved.ok) return resolved;
        if (typeof resolved.failure === "string") return fail(resolved.failure);
        vault = resolved.failure;
        return fail("undefined");
      },
    });
    return vault === undefined ? rendered : fail(vault);
  }

  /** Variables that Ansible sets by itself. */
  #magic(name: string): Value | undefined {
    const { name: host, file } = this.#host;
    switch (name) {
      case "inventory_hostname":
        return host;
      case "inventory_hostname_short":
        return isIP(host) > 0 ? host : (host.split(".", 1)[0] ?? host);
      case "inventory_file":
        return file;
      case "inventory_dir":
        return file === undefined ? undefined : dirname(file);
      case "playbook_dir":
        return this.#context.settings.playbookDirectory;
      default:
        return undefined;
    }
  }
}
