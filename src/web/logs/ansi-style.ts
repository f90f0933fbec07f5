import { ESCAPE_SEQUENCE, mayHaveEscapes } from "./escape-sequences.ts";

/** 0 to 255 of the terminal's palette, or red, green and blue from 0 to 255. */
export type AnsiColour = number | readonly [red: number, green: number, blue: number];

/** How text looks after the SGR sequences (ECMA-48 8.3.117) before it. Concealed text is shown: a log hides nothing. */
export interface AnsiStyle {
  readonly foreground?: AnsiColour | undefined;
  readonly background?: AnsiColour | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
}

export const PLAIN: AnsiStyle = Object.freeze({});

/** A piece of a line that looks the same all along, without escape sequences. */
export interface StyledText {
  readonly text: string;
  readonly style: AnsiStyle;
}

/** The style that is in force after the text, if `style` was before it. Colours go on over line ends. */
export function styleAfter(text: string, style: AnsiStyle): AnsiStyle {
  if (!mayHaveEscapes(text)) return style;
  let now = style;
  for (const match of text.matchAll(ESCAPE_SEQUENCE)) now = afterSequence(match, now);
  return now;
}

/** The line in pieces of one style each; every escape sequence is taken out. */
export function styledTexts(text: string, style: AnsiStyle): readonly StyledText[] {
  if (!mayHaveEscapes(text)) return text === "" ? [] : [{ text, style }];
  const pieces: StyledText[] = [];
  let now = style;
  let from = 0;
  const add = (until: number): void => {
    if (until > from) pieces.push({ text: text.slice(from, until), style: now });
  };
  for (const match of text.matchAll(ESCAPE_SEQUENCE)) {
    add(match.index);
    from = match.index + match[0].length;
    now = afterSequence(match, now);
  }
  add(text.length);
  return pieces;
}

function afterSequence(match: RegExpMatchArray, style: AnsiStyle): AnsiStyle {
  const [, parameters, final] = match;
  // `<`, `=`, `>` and `?` begin private sequences, which have nothing to do with colours.
  if (final !== "m" || parameters === undefined || /[<=>?]/.test(parameters)) return style;
  return selectGraphicRendition(parameters, style);
}

function selectGraphicRendition(parameters: string, style: AnsiStyle): AnsiStyle {
  const codes = parameters.split(";");
  let now = style;
  for (let at = 0; at < codes.length; at++) {
    const [code = "", ...sub] = (codes[at] ?? "").split(":");
    const number = code === "" ? 0 : Number(code);
    if (number === 38 || number === 48) {
      // `38:2::r:g:b` has everything in one parameter; the older `38;2;r;g;b` goes on over the next ones.
      const rest = sub.length > 0 ? sub : codes.slice(at + 1);
      const colour = extendedColour(rest, sub.length > 4);
      if (sub.length === 0) at += rest[0] === "5" ? 2 : rest[0] === "2" ? 4 : 0;
      if (colour !== undefined) now = number === 38 ? { ...now, foreground: colour } : { ...now, background: colour };
    } else {
      now = applyCode(number, sub, now);
    }
  }
  return now;
}

/** `5;n` or `2;r;g;b`; with a colour space between 2 and r in the long form with colons. */
function extendedColour(parts: readonly string[], withColourSpace: boolean): AnsiColour | undefined {
  const numbers = parts.map((part) => (part === "" ? 0 : Number(part)));
  if (numbers[0] === 5) return byte(numbers[1]);
  if (numbers[0] !== 2) return undefined;
  const first = withColourSpace ? 2 : 1;
  const [red, green, blue] = [byte(numbers[first]), byte(numbers[first + 1]), byte(numbers[first + 2])];
  return red === undefined || green === undefined || blue === undefined ? undefined : [red, green, blue];
}

function byte(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255 ? value : undefined;
}

function applyCode(code: number, sub: readonly string[], style: AnsiStyle): AnsiStyle {
  if (code === 0) return PLAIN;
  if (code >= 30 && code <= 37) return { ...style, foreground: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, foreground: code - 90 + 8 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 100 + 8 };
  switch (code) {
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      // `4:0` is "not underlined", `4:3` and others are kinds of underline.
      return { ...style, underline: sub[0] !== "0" };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strike: true };
    case 21:
      return { ...style, underline: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underline: false };
    case 27:
      return { ...style, inverse: false };
    case 29:
      return { ...style, strike: false };
    case 39:
      return { ...style, foreground: undefined };
    case 49:
      return { ...style, background: undefined };
    default:
      return style;
  }
}
