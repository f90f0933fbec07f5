import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenConsole } from "./open-console.ts";

/** A folder with the configuration of the environment `prod`, and an inventory. */
export interface GantryHome {
  readonly path: string;
  readonly inventory: string;
  /** Replaces the configuration of the environment. */
  configure(text: string): void;
  remove(): void;
}

export function gantryHome(projects: Readonly<Record<string, object>>, inventory: string): GantryHome {
  const path = mkdtempSync(join(tmpdir(), "gantry-home-"));
  chmodSync(path, 0o755);
  mkdirSync(join(path, "conf"));
  const configure = (text: string): void => writeFileSync(join(path, "conf/prod_conf.json"), text);
  configure(JSON.stringify({ public: {}, ...projects }));
  writeFileSync(join(path, "hosts"), inventory);
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  return { path, inventory: join(path, "hosts"), configure, remove };
}

/** The id of a local config centre that has this home. */
export async function centreWith({ admin }: OpenConsole, { path, inventory }: GantryHome): Promise<number> {
  const centre = { name: "ops", connection: "local", gantryHome: path, inventory } as const;
  return (await admin.define("config_centre", centre)).id;
}
