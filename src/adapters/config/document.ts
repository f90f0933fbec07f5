import type { Node } from "jsonc-parser";
import { pathText, type Path } from "./path.ts";
import type { Place } from "./problems.ts";
import { isCommentKey } from "./comment-keys.ts";
import type { ConfigText } from "./text.ts";

/** An object of a configuration file, keys of comments left out. */
export type Section = Readonly<Record<string, unknown>>;

/** A file without syntax errors: its values, and the place of each. */
export class ConfigDocument {
  readonly source: ConfigText;
  readonly value: unknown;
  readonly #root: Node;

  constructor(source: ConfigText, root: Node) {
    this.source = source;
    this.#root = root;
    this.value = valueOf(root, 0);
  }

  /** Where the key of an entry stands; for an array's item, the item. The deepest part of the path that is there counts. */
  keyPlace(path: Path): Place {
    const node = this.#find(path);
    const key = node.parent?.type === "property" ? node.parent.children?.[0] : node;
    return this.source.place((key ?? node).offset, pathText(path));
  }

  valuePlace(path: Path): Place {
    return this.source.place(this.#find(path).offset, pathText(path));
  }

  /** Where character `index` (UTF-16) of a string value stands in the file, escapes of JSON counted as they are written. */
  insidePlace(path: Path, index: number): Place {
    const { offset, length } = this.#find(path);
    const raw = this.source.text.slice(offset, offset + length);
    const escape = /\\(?:u[0-9a-fA-F]{4}|.)/y;
    let at = 1;
    for (let left = index; left > 0 && at < raw.length - 1; left -= 1) {
      escape.lastIndex = at;
      at += escape.exec(raw)?.[0].length ?? 1;
    }
    return this.source.place(offset + at, pathText(path));
  }

  #find(path: Path): Node {
    let node = this.#root;
    for (const key of path) {
      const next = typeof key === "number" ? node.children?.[key] : entryOf(node, key);
      if (next === undefined) break;
      node = next;
    }
    return node;
  }
}

/** The value of a key; with a key that is there twice, the last. */
function entryOf(node: Node, key: string): Node | undefined {
  if (node.type !== "object") return undefined;
  return node.children?.findLast((property) => property.children?.[0]?.value === key)?.children?.[1];
}

function valueOf(node: Node, depth: number): unknown {
  if (node.type === "array") return (node.children ?? []).map((item) => valueOf(item, depth + 1));
  if (node.type !== "object") return node.value;
  const entries = (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined || isCommentKey(key, value, depth)) return [];
    return [[String(key.value), valueOf(value, depth + 1)] as const];
  });
  return Object.fromEntries(entries);
}
