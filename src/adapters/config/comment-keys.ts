import type { Node } from "jsonc-parser";

/** The key that is never a project. */
export const PUBLIC = "public";

/**
 * True for keys that Gantry passes over: `_…` and `x-…`, for notes and other programs, and `$schema` for editors.
 * An `x-…` at the top that has a DockerImageURL is a project all the same: such names were allowed in the original.
 */
export function isCommentKey(key: Node, value: Node, depth: number): boolean {
  const name = String(key.value);
  if (name.startsWith("_")) return true;
  if (depth > 0) return name.startsWith("x-");
  return name === "$schema" || (name.startsWith("x-") && !hasImage(value));
}

/** The names of a file's projects, in its order. */
export function projectNames(root: Node): readonly string[] {
  if (root.type !== "object") return [];
  const names = (root.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined || isCommentKey(key, value, 0)) return [];
    return key.value === PUBLIC ? [] : [String(key.value)];
  });
  return [...new Set(names)];
}

function hasImage(value: Node): boolean {
  return (value.children ?? []).some((property) => property.children?.[0]?.value === "DockerImageURL");
}
