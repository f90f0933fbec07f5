export interface Uncommented {
  /** The text with every comment replaced by as many spaces, so that all offsets stay true. */
  readonly text: string;
  /** Offset of a block comment that never ends. */
  readonly unclosed?: number;
}

/** A string (to its closing quote, or to the end of the line when that is missing), or a comment of any of the three kinds. */
const stringOrComment = /"(?:\\[^\r\n]|[^"\\\r\n])*"?|#[^\r\n]*|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/g;

/** Blanks `#`, `//` and block comments of a JSON text, wherever they stand outside strings (`"demo1": {#like this`). */
export function withoutComments(text: string): Uncommented {
  let unclosed: number | undefined;
  const blanked = text.replace(stringOrComment, (token: string, offset: number) => {
    if (token.startsWith('"')) return token;
    if (token.startsWith("/*") && (token.length < 4 || !token.endsWith("*/"))) unclosed = offset;
    return token.replace(/[^\r\n]/g, " ");
  });
  return { text: blanked, ...(unclosed === undefined ? {} : { unclosed }) };
}
