/**
 * Characters that would not be seen or would change how others are shown: controls but the tab, bidirectional marks
 * and overrides, invisible spaces. U+200C and U+200D stay, scripts and emoji need them.
 */
const INVISIBLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The same of a text of several lines, whose line ends stay. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visibleText).join("\n");
}

/** The text with characters that cannot be seen shown as signs: NUL is `␀`, U+202E is `<U+202E>`. */
export function visibleText(text: string): string {
  return text.replaceAll(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}
