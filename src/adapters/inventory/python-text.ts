/** Texts as Python sees them: what counts as white space, where lines end, and how strings sort. */

const whiteSpace = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;

/** The inside of a regular expression's class for Python's `\s` on text. */
export const PYTHON_SPACE = whiteSpace.slice(1, -1);

const leading = new RegExp(`^${whiteSpace}+`);
const trailing = new RegExp(`${whiteSpace}+$`);

/** Python's `str.strip()`. */
export function strip(text: string): string {
  return text.replace(leading, "").replace(trailing, "");
}

/** Python's `str.splitlines()`: more ends of lines than LF and CRLF, and no empty line after the last one. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Orders strings by code points, as Python does; JavaScript's own order is by UTF-16 units. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all other UTF-16 units. */
function rank(unit: number): number {
  return unit >= 0xd8_00 && unit < 0xe0_00 ? unit + 0x1_00_00 : unit;
}

/** Python's `os.path.splitext()[1]`: leading dots belong to the name. */
export function extension(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/^\.+/, "");
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(dot);
}

/** Python's `repr` of a float: the shortest digits that read back the same, with an exponent outside 1e-4 to 1e16. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const digits = mantissa.replace(/[-.]/g, "");
  const fraction = Math.max(digits.length - 1 - exponent, 1);
  return (value < 0 ? "-" : "") + fixed(digits, exponent, fraction);
}

function fixed(digits: string, exponent: number, fraction: number): string {
  const padded = exponent < 0 ? "0".repeat(-exponent) + digits : digits.padEnd(exponent + 1 + fraction, "0");
  const whole = exponent < 0 ? 1 : exponent + 1;
  return `${padded.slice(0, whole)}.${padded.slice(whole)}`;
}
