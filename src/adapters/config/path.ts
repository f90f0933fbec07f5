/** The way from the root of a file to a value: keys and array indexes. */
export type Path = readonly (string | number)[];

/** A path as messages show it: `demo1.Serial[1]`; a key that would not read well is quoted. */
export function pathText(path: Path): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else text += `${text === "" ? "" : "."}${/^[\p{L}\p{N}_$-]+$/u.test(key) ? key : JSON.stringify(key)}`;
  }
  return text;
}
