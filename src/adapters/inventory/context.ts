import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import type { InventoryContext } from "./inventory.ts";
import { readSettings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";
import { VaultPasswords } from "./vault-passwords.ts";

/** Ansible's settings in these surroundings, and the Vault passwords that they name. */
export function readContext(surroundings: Surroundings): Result<InventoryContext, InventoryProblem[]> {
  const settings = readSettings(surroundings);
  if (!settings.ok) return fail(settings.failure);
  const passwords = new VaultPasswords(settings.value.vaultIdentities, surroundings);
  return ok({ settings: settings.value, surroundings, passwords });
}
