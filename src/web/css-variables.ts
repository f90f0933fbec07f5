import { defaultCssVariablesResolver, type CSSVariablesResolver } from "@mantine/core";

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
