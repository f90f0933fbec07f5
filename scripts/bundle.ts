// Bundles the command line into dist/, one chunk for each command, so that a start loads only what it uses, and the
// console's pages into dist/web.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundlePages } from "./bundle-pages.ts";

// Without the development tools (npm ci --omit=dev) Gantry runs from its sources: it only starts a little slower.
const { rolldown } = await import("rolldown").catch(() => ({ rolldown: undefined }));
if (rolldown === undefined) {
  console.log("rolldown is not installed: Gantry will run from its sources");
  process.exit(0);
}

const root = join(import.meta.dirname, "..");
const folder = join(root, "dist");

const bundle = await rolldown({
  input: { gantry: join(root, "src/cli/main.ts") },
  platform: "node",
  // What the console is made of loads parts of itself by name; it is taken from node_modules as it is.
  external: /^(fastify|@fastify\/|fastify-type-provider-zod|kysely|pg|pg-boss|ws)(\/|$)?/,
  transform: { target: "node24" },
  // Some packages offer a CommonJS build whose own requires cannot be bundled, and a module build beside it.
  resolve: { mainFields: ["module", "main"] },
});
rmSync(folder, { recursive: true, force: true });
await bundle.write({
  dir: folder,
  // CommonJS starts 10 ms sooner than ES modules do.
  format: "cjs",
  minify: true,
  entryFileNames: "[name].cjs",
  chunkFileNames: "chunks/[name]-[hash].cjs",
});
await bundle.close();

if (!(await bundlePages())) console.log("vite is not installed: the console will have no pages");
