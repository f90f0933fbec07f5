import type { ConfigProblem } from "../../adapters/config/problems.ts";

/** A value seen, in quotes; in single ones when it holds double quotes itself. */
export function quoted(text: string): string {
  return text.includes('"') && !text.includes("'") ? `'${text}'` : `"${text}"`;
}

/** A value that a message must not show stands as `…` (configuration) or `[redacted]` (inventory) in a problem. */
export function isHidden(seen: string): boolean {
  return seen === "…" || seen === "[redacted]";
}

/** Whether only the quotes are wrong: `"5"` where a number is wanted (`remove`), 5 where a text is (`add`). */
export function quotesSlip({
  seen,
  seenType,
  allowed,
}: Extract<ConfigProblem, { readonly code: "wrong-type" }>): "add" | "remove" | undefined {
  if (seenType === "number" || seenType === "boolean") return allowed.includes("string") ? "add" : undefined;
  if (seenType !== "string") return undefined;
  const isBoolean = /^(?:true|false)$/.test(seen) && allowed.includes("boolean");
  const isInteger = /^\d+$/.test(seen) && (allowed.includes("integer") || allowed.includes("number"));
  const isNumber = /^\d+\.\d+$/.test(seen) && allowed.includes("number");
  return isBoolean || isInteger || isNumber ? "remove" : undefined;
}

/** How JSON writes a character that may not stand in a string as it is: `\t`, `\u001b`. */
export function jsonEscape(character: string): string {
  return JSON.stringify(character).slice(1, -1);
}

/** At most `most` names, and how many are left. */
export function firstNames(
  names: readonly string[],
  most = 12,
): { readonly shown: readonly string[]; readonly more: number } {
  return { shown: names.slice(0, most), more: Math.max(0, names.length - most) };
}

/** A program's or parser's own words: in one line, without the full stop that the sentence around them brings. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replaceAll(/\s*[\r\n]+\s*/g, " ")
    .replace(/\.$/, "");
}

const longestText = 80;

/** A whole line of a file, cut where it grows too long for a message. */
export function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > longestText ? `${characters.slice(0, longestText).join("")}…` : text;
}
