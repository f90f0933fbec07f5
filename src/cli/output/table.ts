import stringWidth from "fast-string-width";

/** Columns of text, aligned by what a terminal shows (Chinese characters are two columns wide). Last column is not padded. */
export function columns(rows: readonly (readonly string[])[], gap = "  "): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, stringWidth(cell))));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell + " ".repeat((widths[at] ?? 0) - stringWidth(cell))))
      .join(gap)
      .trimEnd(),
  );
}
