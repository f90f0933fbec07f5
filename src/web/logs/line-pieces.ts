import { styledTexts, type AnsiStyle } from "./ansi-style.ts";
import { visibleText } from "./visible-text.ts";

/** A piece of a line as it is drawn. */
export interface LinePiece {
  readonly text: string;
  readonly style: AnsiStyle;
  /** It is what was searched for. */
  readonly hit: boolean;
}

/**
 * A line in pieces that are drawn alike: without escape sequences, with invisible characters shown, and with what was
 * searched for marked, regardless of case. At most so many characters; how many were left out.
 */
export function linePieces(
  line: string,
  style: AnsiStyle,
  query: string,
  most: number,
): { readonly pieces: readonly LinePiece[]; readonly rest: number } {
  const { texts, rest } = firstCharacters(line, style, most);
  const hits = query === "" ? [] : placesOf(texts.map(({ text }) => text).join(""), query);
  const pieces: LinePiece[] = [];
  let at = 0;
  for (const { text, style: own } of texts) {
    const end = at + text.length;
    let from = at;
    const add = (to: number, hit: boolean): void => {
      if (to > from) pieces.push({ text: text.slice(from - at, to - at), style: own, hit });
      from = Math.max(from, to);
    };
    for (const hit of hits) {
      if (hit.to <= at || hit.from >= end) continue;
      add(Math.max(from, hit.from), false);
      add(Math.min(end, hit.to), true);
    }
    add(end, false);
    at = end;
  }
  return { pieces, rest };
}

/** The text of a line as it is seen and searched. */
export function plainText(line: string): string {
  return styledTexts(line, {})
    .map(({ text }) => visibleText(text))
    .join("");
}

function firstCharacters(line: string, style: AnsiStyle, most: number) {
  const texts: { text: string; style: AnsiStyle }[] = [];
  let room = most;
  let rest = 0;
  for (const each of styledTexts(line, style)) {
    const taken = each.text.slice(0, room);
    room -= taken.length;
    rest += each.text.length - taken.length;
    if (taken !== "") texts.push({ text: visibleText(taken), style: each.style });
  }
  return { texts, rest };
}

function placesOf(text: string, query: string): readonly { readonly from: number; readonly to: number }[] {
  const pattern = new RegExp(query.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`), "gi");
  return [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({ from: index, to: index + length }));
}
