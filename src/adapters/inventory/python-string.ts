/** A Python string or bytes literal at the start of a text, with its length. */
export interface ScannedString {
  readonly text: string;
  readonly bytes: boolean;
  readonly length: number;
}

const opening = /^(?<prefix>[rR]|[uU]|[bB][rR]?|[rR][bB])?(?<quote>'''|"""|'|")/;

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** Reads one string literal as Python's tokenizer does; undefined when there is none, or a broken one. */
export function scanString(text: string): ScannedString | undefined {
  const match = opening.exec(text);
  const quote = match?.groups?.["quote"];
  if (match === null || quote === undefined) return undefined;
  const prefix = (match.groups?.["prefix"] ?? "").toLowerCase();
  const bytes = prefix.includes("b");
  const close = closingQuote(text, match[0].length, quote);
  if (close === undefined) return undefined;
  const source = text.slice(match[0].length, close);
  if (bytes && /[^\0-\x7f]/.test(source)) return undefined;
  const value = prefix.includes("r") ? source : unescape(source, bytes);
  if (value === undefined) return undefined;
  // A bytes literal holds one byte in each character until here; Ansible reads them as UTF-8.
  return { text: bytes ? Buffer.from(value, "latin1").toString() : value, bytes, length: close + quote.length };
}

function closingQuote(text: string, start: number, quote: string): number | undefined {
  for (let at = start; at < text.length; at += 1) {
    if (text.charAt(at) === "\\") at += 1;
    else if (text.startsWith(quote, at)) return at;
  }
  return undefined;
}

const escape =
  /\\(?:(?<octal>[0-7]{1,3})|x(?<hex>[0-9a-fA-F]{2})|(?<wide>u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|(?<other>.))/gsu;

/** Undefined where Python finds a broken escape, and for `\N{name}`: the names of all characters are not at hand. */
function unescape(source: string, bytes: boolean): string | undefined {
  let broken = false;
  const value = source.replace(escape, (whole: string, octal?: string, hex?: string, wide?: string, other = "") => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8) & (bytes ? 0xff : 0x1ff));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (wide !== undefined) {
      if (bytes) return whole;
      const code = Number.parseInt(wide.slice(1), 16);
      if (code > 0x10_ff_ff) broken = true;
      return code > 0x10_ff_ff ? "" : String.fromCodePoint(code);
    }
    if (other === "x" || (!bytes && "uUN".includes(other))) broken = true;
    // An unknown escape keeps its backslash.
    return shortEscapes.get(other) ?? whole;
  });
  return broken ? undefined : value;
}
