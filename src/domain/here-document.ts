/** A here-document whose body has not been read yet. */
export interface HereDocument {
  /** UTF-16 offset of its `<<`. */
  readonly offset: number;
  readonly delimiter: string;
  /** `<<-`: tabs at the beginning of its lines are dropped. */
  readonly dropsTabs: boolean;
  /** Its delimiter was quoted: nothing in the body is expanded, and a backslash does not join lines. */
  readonly quoted: boolean;
}

/** A delimiter as it stands behind `<<`; `clear` is false where shells differ in what they make of it. */
export interface Delimiter {
  readonly text: string;
  readonly quoted: boolean;
  readonly end: number;
  readonly clear: boolean;
}

/** Reads the word behind `<<` by the shell's rules: quotes are removed, nothing is expanded. */
export function readDelimiter(text: string, start: number): Delimiter {
  let word = "";
  let quoted = false;
  let clear = true;
  let at = start;
  while (at < text.length && !/[ \t\n;&|<>()]/.test(text.charAt(at))) {
    const character = text.charAt(at);
    if (character === "'" || character === '"') {
      const close = text.indexOf(character, at + 1);
      const inner = text.slice(at + 1, close < 0 ? text.length : close);
      if (/[\\$`\n]/.test(inner) || close < 0) clear = false;
      quoted = true;
      word += inner;
      at = close < 0 ? text.length : close + 1;
    } else if (character === "\\") {
      if (text.charAt(at + 1) === "\n") clear = false;
      quoted = true;
      word += text.charAt(at + 1);
      at += 2;
    } else {
      if (character === "$" || character === "`") clear = false;
      word += character;
      at += 1;
    }
  }
  return { text: word, quoted, end: Math.min(at, text.length), clear };
}

/** The offset behind the line that ends a here-document whose body begins at `start`; undefined when there is none. */
export function endOfHereDocument(text: string, start: number, document: HereDocument): number | undefined {
  let joined = false;
  for (let at = start; at < text.length;) {
    const lineEnd = text.indexOf("\n", at);
    const line = text.slice(at, lineEnd < 0 ? text.length : lineEnd);
    const end = at + line.length;
    if (!joined && (document.dropsTabs ? line.replace(/^\t+/, "") : line) === document.delimiter) return end;
    joined = !document.quoted && /(?<!\\)(?:\\\\)*\\$/.test(line);
    if (lineEnd < 0) return undefined;
    at = end + 1;
  }
  return undefined;
}
