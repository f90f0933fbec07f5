import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import { type Inventory, type InventoryHost, LOCALHOST_NAMES } from "./inventory.ts";
import { nearNames } from "./near-names.ts";

/** A host by its name: one of the inventory, or this machine under one of its names. */
export function findHost(inventory: Inventory, name: string): Result<InventoryHost, InventoryProblem[]> {
  const host = inventory.hosts.get(name);
  if (host !== undefined) return ok(host);
  if (LOCALHOST_NAMES.includes(name)) return inventory.implicit(name);
  return fail([{ reason: "inventory-unknown-host", host: name, near: nearNames(name, inventory.hosts.keys()) }]);
}
