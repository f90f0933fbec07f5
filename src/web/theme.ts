import { createTheme } from "@mantine/core";

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
    ModalRoot: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } },
    // Help stands below its input, so that inputs side by side line up.
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
    // The placeholder is a child of the menu that is no item, which screen readers stumble over.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Text: { defaultProps: { size: "sm" } },
    Anchor: { defaultProps: { inherit: true } },
    Badge: { defaultProps: { tt: "none" } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
  },
});
