import react from "@vitejs/plugin-react";
import { convertCssVariables, DEFAULT_THEME, mergeMantineTheme } from "@mantine/core";
import { defineConfig, type Plugin } from "vite";
import { cssVariables, theme } from "./src/web/theme.ts";

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

export default defineConfig({
  root: "src/web",
  plugins: [react(), themeStyles()],
  build: {
    outDir: "../../dist/web",
    emptyOutDir: true,
    manifest: true,
    target: "baseline-widely-available",
    modulePreload: { polyfill: false },
    // Data URLs would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8420", ws: true } } },
});
