import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What Vite's manifest says of one file. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/** The modules that a page loads besides the entry: the frame, one language (the larger one), and its own. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  "sign-in": ["pages/sign-in/sign-in-page.tsx"],
  now: ["frame/shell.tsx", "pages/now/now-page.tsx"],
  orders: ["frame/shell.tsx", "pages/orders/orders-page.tsx"],
  order: ["frame/shell.tsx", "pages/order/order-page.tsx"],
  request: ["frame/shell.tsx", "pages/request/request-page.tsx"],
  history: ["frame/shell.tsx", "pages/history/history-page.tsx"],
  configuration: ["frame/shell.tsx", "pages/configuration/definition-page.tsx", "locales/zh/catalogue.ts"],
};
const ENTRY = "index.html";
/** What every page loads of a language; some load all of it. */
const LANGUAGES = ["locales/en/first.ts", "locales/zh/first.ts"];

interface PageSize {
  readonly page: string;
  /** Bytes of script, gzip, all chunks that the page loads. */
  readonly script: number;
  readonly chunks: number;
}

/**
 * How much script each page loads, from the manifest in `folder` (dist/web). Chunks that a page loads only later, on a
 * click, count too where the page itself names them (`dynamicImports`), since "in total" leaves no way out.
 */
async function bundleSizes(folder: string): Promise<readonly PageSize[]> {
  const manifest = JSON.parse(await readFile(join(folder, ".vite/manifest.json"), "utf8")) as Manifest;
  const sizes = new Map<string, number>();
  for (const { file } of Object.values(manifest)) {
    if (file.endsWith(".js")) sizes.set(file, gzipSync(await readFile(join(folder, file))).length);
  }
  const total = (files: ReadonlySet<string>): number =>
    [...files].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  const languages = LANGUAGES.map((name) => filesOf(manifest, [name]));
  const language = languages.toSorted((left, right) => total(right) - total(left))[0] ?? new Set();
  return Object.entries(PAGES).map(([page, modules]) => {
    const later = modules.flatMap((name) => manifest[name]?.dynamicImports ?? []);
    const files = new Set([...filesOf(manifest, [ENTRY, ...modules, ...later]), ...language]);
    return { page, script: total(files), chunks: files.size };
  });
}

/** The script files that these modules need, directly or not. */
function filesOf(manifest: Manifest, names: readonly string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = manifest[name];
    if (chunk === undefined)
      throw new Error(`Vite's manifest has no ${name}: build the pages, or correct bench/bundle-size.ts`);
    if (chunk.file.endsWith(".js")) files.add(chunk.file);
    for (const needed of chunk.imports ?? []) visit(needed);
  };
  for (const name of names) visit(name);
  return files;
}

/** Prints the sizes as a table, with the bar of 250 KB. */
export async function printBundleSizes(folder: string): Promise<void> {
  for (const { page, script, chunks } of await bundleSizes(folder)) {
    const verdict = script <= 250_000 ? "ok" : "over 250 KB";
    console.log(`${page.padEnd(16)} ${(script / 1000).toFixed(1).padStart(7)} KB gzip in ${chunks} files  ${verdict}`);
  }
}
