import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const root = join(import.meta.dirname, "..");

/**
 * Builds the console's pages into `folder`, and puts a .br and a .gz beside each file that is worth it, since a server
 * that compresses anew for each visitor is slow. Without Vite (npm ci --omit=dev) nothing is built, and false comes back.
 */
export async function bundlePages(folder = join(root, "dist/web")): Promise<boolean> {
  const vite = await import("vite").catch(() => undefined);
  if (vite === undefined) return false;
  await vite.build({
    configFile: join(root, "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: folder },
  });
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
