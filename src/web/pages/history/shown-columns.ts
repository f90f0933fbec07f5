import { useState } from "react";

/** What a table of requests can show of each; its number is always there. */
export const FIXED_COLUMNS = [
  "state",
  "order",
  "values",
  "environment",
  "category",
  "by",
  "submitted",
  "started",
  "ended",
  "duration",
] as const;
export type FixedColumn = (typeof FIXED_COLUMNS)[number];

export interface ShownColumns {
  readonly fixed: readonly FixedColumn[];
  /** Names of variables. */
  readonly variables: readonly string[];
}

export const USUAL_COLUMNS: ShownColumns = {
  fixed: ["state", "order", "values", "environment", "by", "submitted", "duration"],
  variables: [],
};

const STORED_AS = "gantry.history.columns";

/** What was stored, or the usual columns where it makes no sense. */
export function parseColumns(stored: string | null): ShownColumns {
  try {
    const { fixed, variables } = JSON.parse(stored ?? "") as Partial<Record<keyof ShownColumns, unknown>>;
    if (!Array.isArray(fixed) || !Array.isArray(variables)) return USUAL_COLUMNS;
    return {
      fixed: FIXED_COLUMNS.filter((column) => fixed.includes(column)),
      variables: variables.filter((name) => typeof name === "string"),
    };
  } catch {
    return USUAL_COLUMNS;
  }
}

/** The columns without this one, or with it. */
export function toggled(columns: ShownColumns, change: Partial<Record<"fixed" | "variable", string>>): ShownColumns {
  const { fixed, variable } = change;
  return {
    fixed: FIXED_COLUMNS.filter((column) => columns.fixed.includes(column) !== (column === fixed)),
    variables:
      variable === undefined
        ? columns.variables
        : columns.variables.includes(variable)
          ? columns.variables.filter((name) => name !== variable)
          : [...columns.variables, variable],
  };
}

/** The columns that this browser shows, kept for the next visit. */
export function useShownColumns(): readonly [ShownColumns, (next: ShownColumns) => void] {
  const [columns, setColumns] = useState(() => parseColumns(storedColumns()));
  return [
    columns,
    (next) => {
      setColumns(next);
      try {
        localStorage.setItem(STORED_AS, JSON.stringify(next));
      } catch {
        // Storage is turned off: the choice lasts as long as the page.
      }
    },
  ];
}

function storedColumns(): string | null {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}
