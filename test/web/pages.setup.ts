import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildPages } from "../../scripts/bundle-pages.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the built pages. */
    readonly pages: string;
  }
}

/** Builds the pages once for all tests of pages. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "gantry-pages-"));
  if (!(await buildPages(folder))) throw new Error("Vite is not installed: run npm ci");
  project.provide("pages", folder);
  return () => rm(folder, { recursive: true, force: true });
}
