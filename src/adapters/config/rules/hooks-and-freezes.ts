import { FREEZE_TIME_FORMS, parseFreezeTime } from "../../../domain/project-freeze.ts";
import { locateShellWords } from "../../../domain/shell-words.ts";
import type { ConfigDocument } from "../document.ts";
import type { Path } from "../path.ts";
import type { FileProblem } from "../problems.ts";
import { settingsOf, valueAt } from "../sections.ts";
import type { Rule } from "./rule.ts";
import { shellWordsProblem } from "./shell-words.ts";

/** Hooks split into words, and there is at least one. */
export const hooksAreValid: Rule = (document) =>
  ["before", "after", "failed"].flatMap((hook) =>
    settingsOf(document, "Hooks", hook).flatMap(({ path, value }) => {
      if (!Array.isArray(value)) return hookLine(document, path, value);
      return value.flatMap((line, index) => hookLine(document, [...path, index], line));
    }),
  );

function hookLine(document: ConfigDocument, path: Path, line: unknown): readonly FileProblem[] {
  if (typeof line !== "string") return [];
  const words = locateShellWords(line);
  if (!words.ok) return [shellWordsProblem(document, path, line, words.failure)];
  return words.value.length > 0 ? [] : [{ ...document.valuePlace(path), code: "empty-value" }];
}

/** Freeze windows have readable edges, in order. */
export const freezesAreValid: Rule = (document) =>
  settingsOf(document, "Freeze").flatMap(({ path, value }) =>
    (Array.isArray(value) ? value : []).flatMap((window: unknown, index) => {
      const here = [...path, index];
      const from = valueAt(window, ["from"]);
      const to = valueAt(window, ["to"]);
      const wrong = [...edgeProblem(document, here, "from", from), ...edgeProblem(document, here, "to", to)];
      if (wrong.length > 0 || typeof from !== "string" || typeof to !== "string") return wrong;
      const inOrder = (parseFreezeTime(from, "from") ?? 0) < (parseFreezeTime(to, "to") ?? 0);
      return inOrder ? [] : [{ ...document.valuePlace([...here, "to"]), code: "time-order" as const, from, to }];
    }),
  );

function edgeProblem(
  document: ConfigDocument,
  path: Path,
  edge: "from" | "to",
  value: unknown,
): readonly FileProblem[] {
  if (typeof value !== "string" || parseFreezeTime(value, edge) !== undefined) return [];
  return [{ ...document.valuePlace([...path, edge]), code: "time", seen: value, allowed: FREEZE_TIME_FORMS }];
}
