/** Bytes of a line that are shown with a match, and how many of them stand before it. */
const SHOWN = 1000;
const BEFORE = 200;

/**
 * A line as a match shows it: `text` are bytes as a `latin1` string, the line is from `begin` to `end`, and the match
 * from `from` to `to`. Of a long line only the surroundings are shown.
 */
export function excerpt(text: string, begin: number, end: number, from: number, to: number): string {
  if (end - begin <= SHOWN) return decoded(text.slice(begin, end)).replace(/\r$/, "");
  const start = characterStart(text, Math.max(begin, from - BEFORE), from);
  const stop = characterStart(text, Math.min(end, Math.max(start + SHOWN, to)), end);
  return `${start > begin ? "… " : ""}${decoded(text.slice(start, stop))}${stop < end ? " …" : ""}`;
}

/** The first byte from `at` on that is not in the midst of a character. */
function characterStart(text: string, at: number, last: number): number {
  let start = at;
  while (start < last && (text.charCodeAt(start) & 0xc0) === 0x80) start++;
  return start;
}

function decoded(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
