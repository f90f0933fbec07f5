import type { InventoryProblem } from "../../adapters/inventory/errors.ts";
import type { Inventory } from "../../adapters/inventory/inventory.ts";
import type { InventoryReader } from "../../adapters/inventory/load-inventory.ts";
import type { Host } from "../../domain/host.ts";
import { UsageError, type CommonOptions, type Services } from "../services.ts";

/** The inventory, read; throws all its problems. Warnings go to standard error. */
export async function loadInventory(
  options: CommonOptions,
  reader: InventoryReader,
  services: Services,
): Promise<Inventory> {
  const { adapters, cwd, env, stderr } = services;
  const loaded = await adapters.loadInventory({ sources: options.inventory ?? [], reader, cwd, env });
  if (!loaded.ok) throw await inventoryError(loaded.failure, services);
  for (const text of await texts(loaded.value.warnings, "warning", services)) stderr.write(`${text}\n`);
  return loaded.value;
}

/**
 * The hosts that a pattern selects, in the order in which Ansible would take them; throws where it selects none.
 * A part that matches nothing is a warning to those who only look, and an error where something is to be changed: a
 * slip there would leave a host out, or not leave it out.
 */
export async function selectHosts(
  pattern: string,
  options: CommonOptions,
  services: Services,
  purpose: "look" | "change" = "look",
): Promise<readonly Host[]> {
  return hostsOfPattern(pattern, await loadInventory(options, "auto", services), services, purpose);
}

/** The same from an inventory that has been read. */
export async function hostsOfPattern(
  pattern: string,
  inventory: Inventory,
  services: Services,
  purpose: "look" | "change" = "look",
): Promise<readonly Host[]> {
  const { adapters, stderr } = services;
  const selection = await adapters.selectHosts(inventory, pattern);
  if (!selection.ok) throw await inventoryError([selection.failure], services);
  const { hosts: names, unmatched } = selection.value;
  if (unmatched.length > 0) {
    const words = await services.inventoryWords();
    const unknown = unmatched.map((part) => words.unmatched(part)).join("\n");
    if (purpose === "change") throw new UsageError(unknown);
    stderr.write(`${unknown}\n`);
  }
  const hosts: Host[] = [];
  const problems: InventoryProblem[] = [];
  for (const name of names) {
    const host = await adapters.toHost(inventory, name);
    if (host.ok) hosts.push(host.value);
    else problems.push(...host.failure);
  }
  if (problems.length > 0) throw await inventoryError(problems, services);
  return hosts;
}

/** All problems of an inventory as one error, each on a line of its own. */
export async function inventoryError(problems: readonly InventoryProblem[], services: Services): Promise<UsageError> {
  return new UsageError((await texts(problems, "error", services)).join("\n"));
}

async function texts(
  problems: readonly InventoryProblem[],
  severity: "error" | "warning",
  services: Services,
): Promise<string[]> {
  if (problems.length === 0) return [];
  const { inventoryProblemText } = await import("../../gantry/words/problem-text.ts");
  const words = await services.inventoryWords();
  return problems.map((problem) => inventoryProblemText(problem, words, severity));
}
