import { expect, test } from "vitest";
import { Secret } from "../../domain/secret.ts";
import { createMasker, type Masker } from "./masker.ts";
import { secretForms } from "./secret-forms.ts";

const maskerOf = (...secrets: string[]): Masker =>
  createMasker(secretForms(secrets.map((secret) => new Secret(secret))));

/** Masks text that comes in these pieces, as the log writer does: what was not taken comes again. */
function maskPieces(mask: Masker, pieces: readonly Buffer[]): string {
  let [rest, out] = [Buffer.alloc(0), Buffer.alloc(0)];
  for (const piece of pieces) {
    rest = Buffer.concat([rest, piece]);
    const { bytes, taken } = mask(rest, false);
    out = Buffer.concat([out, bytes]);
    rest = rest.subarray(taken);
  }
  return Buffer.concat([out, mask(rest, true).bytes]).toString("utf8");
}

const maskWhole = (mask: Masker, text: string): string => mask(Buffer.from(text), true).bytes.toString("utf8");

test.each([
  ["as it is", (secret: string) => secret],
  ["in base64", (secret: string) => Buffer.from(secret).toString("base64")],
  ["in base64 for URLs", (secret: string) => Buffer.from(secret).toString("base64url")],
  ["URL-encoded", (secret: string) => encodeURIComponent(secret)],
  [
    "URL-encoded with small digits",
    (secret: string) => encodeURIComponent(secret).replaceAll(/%../g, (c) => c.toLowerCase()),
  ],
  ["in a form", (secret: string) => new URLSearchParams({ p: secret }).toString().slice(2)],
  ["in JSON", (secret: string) => JSON.stringify(secret).slice(1, -1)],
  ["in JSON in JSON", (secret: string) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
  ["quoted by a shell", (secret: string) => secret.replaceAll("'", String.raw`'\''`)],
])("a secret is masked %s", (_, form) => {
  const secret = `it's "50%" of\t密码/+~`;
  const mask = maskerOf(secret);
  expect(maskWhole(mask, `before ${form(secret)} after`)).toBe("before ****** after");
});

test("nothing of a secret can be read from the base64 of something longer, wherever it stands in it", () => {
  const secret = "correct horse";
  for (const before of ["", "u", "us", "user:", "Basic user:"]) {
    const shown = maskWhole(maskerOf(secret), Buffer.from(`${before}${secret}\n`).toString("base64"));
    expect(shown).toContain("******");
    const readable = shown.split("******").map((part) => Buffer.from(part, "base64").toString("latin1"));
    for (let at = 0; at + 3 <= secret.length; at++) expect(readable.join("|")).not.toContain(secret.slice(at, at + 3));
  }
});

test("of a secret with several lines each long line is masked by itself", () => {
  const key = "-----BEGIN KEY-----\nMIIBVgIBADANBgkq\nab\n-----END KEY-----\n";
  expect(maskWhole(maskerOf(key), "  MIIBVgIBADANBgkq\r\n  ab\r\n")).toBe("  ******\r\n  ab\r\n");
  expect(maskWhole(maskerOf(key), `x${key}y`)).toBe("x******y");
});

test("a value of fewer than three bytes is not masked: it would hide the log, and not the value", () => {
  expect(maskWhole(maskerOf("ab", "", "c"), "abc abc")).toBe("abc abc");
});

test("it makes no difference where the input is cut", () => {
  const mask = maskerOf("hunter2", "hunter22!", "2!xyz", "密码密码", "aaa");
  const text = "a hunter2 b hunter22! c hunter22!xyz d 密码密码 aaaaa e hunter\nhunter2密码密 hunter";
  const whole = "a ****** b ****** c ****** d ****** ****** e hunter\n******密码密 hunter";
  expect(maskWhole(mask, text)).toBe(whole);
  const bytes = Buffer.from(text);
  for (let first = 0; first <= bytes.length; first++) {
    for (let second = first; second <= bytes.length; second++) {
      const pieces = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
      expect(maskPieces(mask, pieces)).toBe(whole);
    }
  }
  expect(
    maskPieces(
      mask,
      Array.from(bytes, (byte) => Buffer.from([byte])),
    ),
  ).toBe(whole);
});

test("a secret that overlaps itself without end is masked piece by piece, and held back no longer than that", () => {
  const mask = maskerOf("aaa");
  const { bytes, taken } = mask(Buffer.from("a".repeat(200_000)), false);
  expect(taken).toBeGreaterThan(100_000);
  expect(bytes.toString()).toMatch(/^(\*{6})+$/);
});

test("only what may become a secret is held back", () => {
  const mask = maskerOf("hunter2");
  expect(mask(Buffer.from("done\n"), false).taken).toBe(5);
  expect(mask(Buffer.from("password: hun"), false)).toEqual({ bytes: Buffer.from("password: "), taken: 10 });
  expect(mask(Buffer.from("password: hunter"), true).bytes.toString()).toBe("password: hunter");
});
