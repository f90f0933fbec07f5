import { parseTree, type Node, type ParseError } from "jsonc-parser";
import { withoutComments } from "./comments.ts";
import { pathText, type Path } from "./path.ts";
import type { FileProblem } from "./problems.ts";
import { syntaxProblems } from "./syntax.ts";
import { ConfigText } from "./text.ts";

/** A configuration file as a tree that remembers where everything stands. */
export interface ParsedFile {
  readonly source: ConfigText;
  /** Undefined when there is nothing in the file; incomplete when there are problems. */
  readonly root: Node | undefined;
  readonly problems: readonly FileProblem[];
}

/**
 * Parses JSON as users write it: with `#`, `//` and block comments, commas behind the last entry, a byte order mark,
 * any line ends. Reports every syntax error and every key that is there twice.
 */
export function parseConfigFile(file: string, text: string): ParsedFile {
  const source = new ConfigText(file, text);
  const uncommented = withoutComments(source.text);
  if (uncommented.unclosed !== undefined) {
    const place = source.place(uncommented.unclosed, "");
    return { source, root: undefined, problems: [{ ...place, code: "syntax", expected: "comment-end", found: "/*" }] };
  }
  if (uncommented.text.trim() === "") {
    return { source, root: undefined, problems: [{ ...source.place(0, ""), code: "empty-file" }] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(uncommented.text, errors, { allowTrailingComma: true, disallowComments: true });
  const rootEnd = root === undefined ? 0 : root.offset + root.length;
  const problems = [
    ...syntaxProblems(source, uncommented.text, errors, rootEnd),
    ...(root === undefined ? [] : duplicateKeys(source, root, [])),
  ];
  return { source, root, problems };
}

function duplicateKeys(source: ConfigText, node: Node, path: Path): readonly FileProblem[] {
  if (node.type === "array") {
    return (node.children ?? []).flatMap((item, index) => duplicateKeys(source, item, [...path, index]));
  }
  if (node.type !== "object") return [];
  const firsts = new Map<string, Node>();
  return (node.children ?? []).flatMap((property) => {
    const [keyNode, value] = property.children ?? [];
    if (keyNode === undefined) return [];
    const key = String(keyNode.value);
    const below = value === undefined ? [] : duplicateKeys(source, value, [...path, key]);
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, keyNode);
      return below;
    }
    const { line: firstLine, column: firstColumn } = source.place(first.offset, "");
    const place = source.place(keyNode.offset, pathText([...path, key]));
    return [{ ...place, code: "duplicate-key" as const, key, firstLine, firstColumn }, ...below];
  });
}
