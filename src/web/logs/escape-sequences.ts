/**
 * Escape sequences as terminals know them (ECMA-48): CSI with parameters and a final byte, strings (OSC, DCS, SOS, PM,
 * APC) that end, and two-character ones. A string that does not end on its line loses its introducer only, so that it
 * cannot hide what follows.
 */
export const ESCAPE_SEQUENCE =
  /(?:\u001b\[|\u009b)([0-?]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[PX^_][^\u001b]*\u001b\\|\u001b[ -/]*[0-~]?/g;

/** Whether there can be an escape sequence in the text at all; most lines have none, and this is much faster. */
export function mayHaveEscapes(text: string): boolean {
  return text.includes("\u001b") || text.includes("\u009b");
}
