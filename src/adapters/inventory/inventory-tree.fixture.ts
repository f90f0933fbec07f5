import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import type { Inventory } from "./inventory.ts";
import { loadInventory, type LoadInventoryOptions } from "./load-inventory.ts";
import type { Surroundings } from "./surroundings.ts";

/** A private directory with files for one test, its own home and no settings but its own. */
export class InventoryTree {
  readonly path = mkdtempSync(join(tmpdir(), "gantry-inventory-"));
  /** Changes of the environment; without a PATH no program is found. */
  readonly env: Record<string, string> = {};

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    mkdirSync(join(this.path, "home"));
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: string | Buffer, mode = 0o644): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  }

  surroundings(): Surroundings {
    return { cwd: this.path, env: { HOME: join(this.path, "home"), ...this.env } };
  }

  load(options: Partial<LoadInventoryOptions> = {}): Promise<Result<Inventory, InventoryProblem[]>> {
    return loadInventory({ sources: ["hosts"], reader: "builtin", ...this.surroundings(), ...options });
  }

  /** The inventory; throws where it cannot be read. */
  async inventory(options: Partial<LoadInventoryOptions> = {}): Promise<Inventory> {
    const loaded = await this.load(options);
    if (loaded.ok) return loaded.value;
    throw new Error(JSON.stringify(loaded.failure));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
