import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const root = join(import.meta.dirname, "..");

/** Builds the console's pages into `folder`. Without Vite (npm ci --omit=dev) nothing is built, and false comes back. */
export async function buildPages(folder: string): Promise<boolean> {
  const vite = await import("vite").catch(() => undefined);
  if (vite === undefined) return false;
  const before = process.env["NODE_ENV"];
  // Under a test runner it is `test`, which would put React's slow development build into the pages.
  process.env["NODE_ENV"] = "production";
  try {
    await vite.build({ configFile: join(root, "vite.config.ts"), logLevel: "warn", build: { outDir: folder } });
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
  return true;
}

/** Builds the pages, and puts a .br and a .gz beside each file that is worth it: compressing for each visitor is slow. */
export async function bundlePages(folder = join(root, "dist/web")): Promise<boolean> {
  if (!(await buildPages(folder))) return false;
  const files = await readdir(folder, { recursive: true });
  await Promise.all(
    files.filter((file) => /\.(js|css|svg|html)$/.test(file)).map((file) => compress(join(folder, file))),
  );
  return true;
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < 1024) return;
  const brotli = promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  await writeFile(`${file}.br`, await brotli);
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }));
}
