import type { ConfigDocument } from "../document.ts";
import type { Path } from "../path.ts";
import type { FileProblem } from "../problems.ts";
import type { Rule } from "./rule.ts";

/** Values that may span lines: a shell's words. */
const multiline: ReadonlySet<unknown> = new Set(["DockerRunArg", "DockerRunCmd"]);

/** No control characters anywhere: they are typed by accident, seen by nobody, and do harm in names and terminals. */
export const noControlCharacters: Rule = (document) => below(document, document.value, []);

function below(document: ConfigDocument, value: unknown, path: Path): readonly FileProblem[] {
  if (typeof value === "string") {
    const index = firstControl(value, multiline.has(path.at(-1)));
    return index < 0 ? [] : [{ ...document.insidePlace(path, index), ...problem(value, index) }];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => below(document, item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = [...path, key];
    const index = firstControl(key, false);
    const inKey = index < 0 ? [] : [{ ...document.keyPlace(inner), ...problem(key, index) }];
    return [...inKey, ...below(document, item, inner)];
  });
}

function firstControl(text: string, linesAllowed: boolean): number {
  return text.search(linesAllowed ? /(?![\n\t])\p{Cc}/u : /\p{Cc}/u);
}

function problem(text: string, index: number): { readonly code: "control-character"; readonly character: string } {
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
  return { code: "control-character", character: `U+${code}` };
}
