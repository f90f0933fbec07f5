/** Prints a list of strings exactly as Python's `print` does, because old work orders evaluate it: `['demo1', 'demo2']`. */
export function pythonList(strings: readonly string[]): string {
  return `[${strings.map(pythonString).join(", ")}]`;
}

const named: ReadonlyMap<string, string> = new Map([
  ["\\", String.raw`\\`],
  ["\n", String.raw`\n`],
  ["\r", String.raw`\r`],
  ["\t", String.raw`\t`],
]);

/** Python's `str.isprintable`: everything but the categories "other" and "separator", save the space. */
const unprintable = /^[\p{C}\p{Z}]$/u;

/** CPython's `unicode_repr`: single quotes, unless the text holds one of those and no double quote. */
function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let inner = "";
  for (const character of text) {
    if (character === quote) inner += `\\${quote}`;
    else inner += named.get(character) ?? (character === " " ? " " : printable(character));
  }
  return quote + inner + quote;
}

function printable(character: string): string {
  if (!unprintable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x1_00_00 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
