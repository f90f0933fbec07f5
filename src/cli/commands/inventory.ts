import type { InventoryReader } from "../../adapters/inventory/load-inventory.ts";
import { EXIT, type CommonOptions, type Services } from "../services.ts";
import { inventoryError, loadInventory } from "./hosts.ts";

export interface InventoryOptions extends CommonOptions {
  readonly list?: boolean;
  readonly host?: string;
  readonly reader: InventoryReader;
}

/** Prints the inventory, or one host's variables, as `ansible-inventory --list` and `--host` do. */
export async function inventory(options: InventoryOptions, services: Services): Promise<number> {
  const { adapters, stdout } = services;
  const read = await loadInventory(options, options.reader, services);
  if (options.host === undefined) {
    stdout.write(await adapters.inventoryList(read));
    return EXIT.done;
  }
  const text = await adapters.inventoryHost(read, options.host);
  if (!text.ok) throw await inventoryError(text.failure, services);
  stdout.write(text.value);
  return EXIT.done;
}
