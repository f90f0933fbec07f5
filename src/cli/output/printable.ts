import { stripVTControlCharacters } from "node:util";

/**
 * Text from containers and hooks as it may go to a terminal: colours and other escape sequences are taken out, and
 * what is left of control characters is shown as its code, so that a log line cannot act on the terminal.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `<U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}
