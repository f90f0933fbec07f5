import { createTheme, defaultCssVariablesResolver, type CSSVariablesResolver } from "@mantine/core";

const systemFonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** Mantine's own look with one accent, darker shades for the contrast of WCAG AA, and no style tags. */
export const theme = createTheme({
  primaryColor: "blue",
  primaryShade: 8,
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: "pointer",
  fontFamily: systemFonts,
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace, "Noto Sans Mono CJK SC"',
  headings: { fontFamily: systemFonts, fontWeight: "600" },
  defaultRadius: "sm",
  components: {
    // Their scroll lock writes a style tag, which the Content-Security-Policy refuses; frame.css locks instead.
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } },
    // Help stands below its input, so that inputs side by side line up.
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
    Text: { defaultProps: { size: "sm" } },
    Anchor: { defaultProps: { inherit: true } },
    Badge: { defaultProps: { tt: "none" } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
  },
});

/** Mantine's variables with the few that fall short of WCAG AA made darker or lighter. */
export const cssVariables: CSSVariablesResolver = (merged) => {
  const variables = defaultCssVariablesResolver(merged);
  return {
    variables: variables.variables,
    light: {
      ...variables.light,
      "--mantine-color-dimmed": "#5c636a",
      "--mantine-color-placeholder": "#6b7278",
      "--mantine-color-error": "var(--mantine-color-red-9)",
      "--mantine-color-anchor": "var(--mantine-color-blue-9)",
    },
    dark: {
      ...variables.dark,
      "--mantine-color-dimmed": "#a6a7ab",
      "--mantine-color-placeholder": "#909296",
      "--mantine-color-error": "var(--mantine-color-red-4)",
    },
  };
};
