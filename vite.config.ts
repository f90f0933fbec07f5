import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertCssVariables, DEFAULT_THEME, mergeMantineTheme } from "@mantine/core";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { cssVariables } from "./src/web/css-variables.ts";
import { theme } from "./src/web/theme.ts";

const root = join(import.meta.dirname, "src/web");

/** The theme's variables as a style sheet: a strict Content-Security-Policy lets no script write them into the page. */
function themeStyles(): Plugin {
  const id = "virtual:theme.css";
  return {
    name: "gantry:theme-styles",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) =>
      source === `\0${id}` ? convertCssVariables(cssVariables(mergeMantineTheme(DEFAULT_THEME, theme))) : undefined,
  };
}

/** A script of its own that runs before anything is painted, neither a module, which would wait, nor inline. */
function schemeScript(): Plugin {
  const source = readFileSync(join(root, "colour-scheme.js"), "utf8");
  let file: string | undefined;
  return {
    name: "gantry:scheme-script",
    buildStart() {
      if (this.meta.watchMode) return;
      file = this.emitFile({ type: "asset", name: "colour-scheme.js", source });
    },
    transformIndexHtml(_html, { bundle }) {
      const built = Object.keys(bundle ?? {}).find((name) => name.includes("colour-scheme"));
      const tag = { tag: "script", injectTo: "head-prepend" } as const;
      return [
        file === undefined || built === undefined
          ? { ...tag, children: source }
          : { ...tag, attrs: { src: `/${built}` } },
      ];
    },
  };
}

export default defineConfig({
  root,
  plugins: [react(), themeStyles(), schemeScript()],
  build: {
    outDir: "../../dist/web",
    emptyOutDir: true,
    manifest: true,
    target: "baseline-widely-available",
    // The first with light-dark(), which would else be rewritten to what needs every colour-scheme in the same file.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    // Data URLs would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // bench/bundle-size.ts holds what matters to its bar.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // Fewer files: what several pages use travels together, and is compressed together.
        codeSplitting: {
          groups: [
            {
              name: "base",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|use-sync-external-store)\//,
              priority: 3,
            },
            // What only forms need is left out: pages that show something do not load it.
            {
              name: "shared",
              test: /^(?!.*(?:react-number-format|esm\/components\/(?:Autocomplete|Checkbox|Combobox|MultiSelect|NumberInput|Pill|PillsInput|Select|Switch)\/|src\/web\/components\/(?:whole-number|lines-input|[a-z-]*filter))).*(?:node_modules|src\/web\/(?:components|frame|api)\/)/,
              minShareCount: 4,
              priority: 2,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8420", ws: true } } },
});
