import type { Secret } from "../../domain/secret.ts";

/** Shorter values stand everywhere in a log; masking them would hide the log and not the value. */
const SHORTEST = 3;
/** Shorter lines of a value of several lines are words that mean nothing by themselves. */
const SHORTEST_LINE = 8;
/** Shorter pieces of base64 are found by accident. */
const SHORTEST_PIECE = 6;

/**
 * The byte sequences in which secrets show up in a log: the value, each line of one that has several, and these in
 * base64 (at each alignment inside something longer), URL-encoded, escaped for JSON (also twice, and in ASCII) and
 * quoted for a shell, as `set -x` prints it.
 */
export function secretForms(secrets: readonly Secret[]): readonly Buffer[] {
  const forms = new Map<string, Buffer>();
  const add = (bytes: Buffer, shortest = SHORTEST): void => {
    if (bytes.length >= shortest) forms.set(bytes.toString("latin1"), bytes);
  };
  for (const value of secrets.flatMap((secret) => valuesOf(secret.reveal()))) {
    if (Buffer.byteLength(value) < SHORTEST) continue;
    for (const text of writtenForms(value)) add(Buffer.from(text));
    for (const piece of base64Pieces(Buffer.from(value))) add(Buffer.from(piece), SHORTEST_PIECE);
  }
  return [...forms.values()];
}

function valuesOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const longLines = lines.filter((line) => Buffer.byteLength(line) >= SHORTEST_LINE);
  return [value, value.trim(), ...(lines.length > 1 ? longLines : [])];
}

function writtenForms(value: string): readonly string[] {
  const base64 = Buffer.from(value).toString("base64");
  const url = encodeURIComponent(value.toWellFormed());
  const strictUrl = url.replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  const json = escapedForJson(value);
  return [
    value,
    base64,
    Buffer.from(value).toString("base64url"),
    ...[url, strictUrl, form].flatMap((text) => [text, text.replaceAll(/%../g, (code) => code.toLowerCase())]),
    json,
    escapedForJson(json),
    json.replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`),
    value.replaceAll("'", String.raw`'\''`),
  ];
}

function escapedForJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * What base64 of something longer has in common wherever these bytes stand in it: three bytes are four characters, so
 * they start at one of three places, and characters that also hold bits of neighbours are left out.
 */
function base64Pieces(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const first = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    return [padded.toString("base64").slice(first, end), padded.toString("base64url").slice(first, end)];
  });
}
