import picocolors from "picocolors";

/** Colours for a terminal; without colour every function returns its text as it is. */
export type Paint = Pick<
  ReturnType<typeof picocolors.createColors>,
  "red" | "green" | "yellow" | "cyan" | "bold" | "dim"
>;

/** Colours, or none for files, pipes, `--no-color` and NO_COLOR (https://no-color.org). */
export function paintFor(colour: boolean): Paint {
  return picocolors.createColors(colour);
}
