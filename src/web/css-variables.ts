import { defaultCssVariablesResolver, type CSSVariablesResolver } from "@mantine/core";

/** How much of a colour's darkest shade is left in text on its lightest. */
const DARKENED = { red: 82, green: 62, teal: 62, cyan: 65, lime: 60, yellow: 55, orange: 62 };

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
      ...Object.fromEntries(
        Object.entries(DARKENED).map(([colour, percent]) => [
          `--mantine-color-${colour}-light-color`,
          `color-mix(in srgb, var(--mantine-color-${colour}-9) ${percent}%, black)`,
        ]),
      ),
    },
    dark: {
      ...variables.dark,
      "--mantine-color-dimmed": "#a6a7ab",
      "--mantine-color-placeholder": "#909296",
      "--mantine-color-error": "var(--mantine-color-red-4)",
    },
  };
};
