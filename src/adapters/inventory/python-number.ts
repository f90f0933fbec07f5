import { floatText } from "./python-text.ts";
import { Float, integer } from "./values.ts";

/** A Python complex number; Ansible turns it into text. */
export interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

/** A number at the start of a text, with its length. */
export interface ScannedNumber {
  readonly value: number | bigint | Float | Complex;
  readonly length: number;
}

const digits = "[0-9](?:_?[0-9])*";
const prefixed = /^0(?:[xX](?:_?[0-9a-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)/;
const decimal = /^(?:[1-9](?:_?[0-9])*|0(?:_?0)*)/;
const exponent = `[eE][+-]?${digits}`;
const float = new RegExp(`^(?:(?:(?:${digits})?\\.${digits}|${digits}\\.)(?:${exponent})?|${digits}${exponent})`);
const imaginary = new RegExp(`^(?:${float.source.slice(1)}|${digits})[jJ]`);

/** CPython refuses to read longer decimal integers. */
const longestInteger = 4300;

/** Reads the number that Python's tokenizer would see at the start of `text`, if there is one. */
export function scanNumber(text: string): ScannedNumber | undefined {
  const scanned = scan(text);
  if (scanned === undefined) return undefined;
  // A letter, digit, underscore or second point right behind it: not a number.
  return /^[\w.\u{80}-\u{10ffff}]/u.test(text.slice(scanned.length)) ? undefined : scanned;
}

function scan(text: string): ScannedNumber | undefined {
  const imaginaryText = imaginary.exec(text)?.[0];
  if (imaginaryText !== undefined) {
    return { value: { real: 0, imaginary: plain(imaginaryText.slice(0, -1)) }, length: imaginaryText.length };
  }
  const floatingText = float.exec(text)?.[0];
  if (floatingText !== undefined) return { value: new Float(plain(floatingText)), length: floatingText.length };
  const integerText = (prefixed.exec(text) ?? decimal.exec(text))?.[0];
  if (integerText === undefined || integerText.length > longestInteger) return undefined;
  return { value: integer(BigInt(integerText.replaceAll("_", ""))), length: integerText.length };
}

function plain(text: string): number {
  return Number(text.replaceAll("_", ""));
}

/** Whether a number is a complex one. */
export function isComplex(value: number | bigint | Float | Complex): value is Complex {
  return typeof value === "object" && "imaginary" in value;
}

/** Python's `str` of a complex number: `1j`, `(1+2j)`. */
export function complexText(value: Complex): string {
  const imaginaryText = `${part(value.imaginary)}j`;
  if (Object.is(value.real, 0)) return imaginaryText;
  const sign = imaginaryText.startsWith("-") ? "" : "+";
  return `(${part(value.real)}${sign}${imaginaryText})`;
}

function part(value: number): string {
  return floatText(value).replace(/\.0$/, "");
}

/** Python's `int(text)`: white space around, a sign and single underscores are fine. */
export function pythonInteger(text: string): number | undefined {
  const match = /^\s*(?<digits>[+-]?[0-9]+(?:_[0-9]+)*)\s*$/.exec(text);
  return match === null ? undefined : Number(match.groups?.["digits"]?.replaceAll("_", ""));
}
