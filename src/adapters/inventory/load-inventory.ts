import { fail, ok, type Result } from "../../domain/result.ts";
import { findAnsibleInventory } from "./ansible-program.ts";
import { readByAnsible } from "./ansible-reader.ts";
import { readBuiltin } from "./builtin-reader.ts";
import { readContext } from "./context.ts";
import type { InventoryProblem } from "./errors.ts";
import type { Inventory } from "./inventory.ts";
import { openInventoryCache } from "./inventory-cache.ts";
import { pathKind } from "./path-kind.ts";
import { filesOf } from "./source-files.ts";
import { resolveSources, type Source } from "./sources.ts";
import type { Surroundings } from "./surroundings.ts";

/** Who reads an inventory: `auto` is Ansible where it is installed, else Gantry itself. */
export const INVENTORY_READERS = ["auto", "ansible", "builtin"] as const;
export type InventoryReader = (typeof INVENTORY_READERS)[number];

/** What to read, and how. */
export interface LoadInventoryOptions extends Surroundings {
  /** Files, directories and comma lists (`h1,h2,`), as `-i` takes them; none means Ansible's own choice. */
  readonly sources: readonly string[];
  readonly reader: InventoryReader;
  /** Whether outputs of ansible-inventory may be kept in the user's cache; they are unless this says false. */
  readonly cache?: boolean;
}

/**
 * Reads the inventory that Ansible would use here. Fails with all problems that can be found at once; where there is
 * no inventory at all, and none was asked for, it is empty.
 */
export async function loadInventory(options: LoadInventoryOptions): Promise<Result<Inventory, InventoryProblem[]>> {
  const surroundings = { cwd: options.cwd, env: options.env };
  const context = readContext(surroundings);
  if (!context.ok) return context;
  const sources = resolveSources(options.sources, context.value.settings, surroundings);
  const files = sources.map((source) =>
    source.kind === "path" ? filesOf(source, context.value.settings) : ok(["list"]),
  );
  const missing = files.flatMap((found) => (found.ok ? [] : [found.failure]));
  if (missing.some(({ reason }) => reason === "inventory-missing")) return fail(missing);
  const program = options.reader === "builtin" ? undefined : findAnsibleInventory(surroundings);
  if (options.reader === "ansible" && program === undefined) {
    return fail([{ reason: "inventory-program-missing", program: "ansible-inventory" }]);
  }
  const isEmpty = files.every((found) => found.ok && found.value.length === 0);
  const isOwn = options.reader === "auto" && (isEmpty || sources.some(isPipe));
  if (program === undefined || isOwn) return readBuiltin(sources, context.value);
  const cache = options.cache === false ? undefined : openInventoryCache(surroundings);
  return readByAnsible(program, sources, context.value, cache);
}

/** Such as `-i <(command)`: what is read from it once is gone, and no other program gets it. */
function isPipe(source: Source): boolean {
  return source.kind === "path" && pathKind(source.text) === "pipe";
}
