import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { newTotpSecret, qrPath, stepOf, totpUri } from "./totp-code.ts";

/** RFC 6238, appendix B: the secret "12345678901234567890" with SHA-1; its last six digits. */
const reference = Secret.fromLatin1("12345678901234567890").base32;

test.each([
  [59, "287082", 1],
  [1111111109, "081804", 37037036],
  [1234567890, "005924", 41152263],
  [20000000000, "353130", 666666666],
])("agrees with RFC 6238 at %d s", (seconds, code, step) => {
  expect(stepOf(reference, code, seconds * 1000)).toBe(step);
});

test("a code is good for its own step and its neighbours, and no further", () => {
  const now = 1_234_567_890_000;
  const codeAt = (steps: number): string =>
    new TOTP({ secret: reference }).generate({ timestamp: now + steps * 30_000 });
  expect([-2, -1, 0, 1, 2].map((steps) => stepOf(reference, codeAt(steps), now))).toEqual([
    undefined,
    41152262,
    41152263,
    41152264,
    undefined,
  ]);
});

test.each(["", "12345", "1234567", "abcdef", "-12345", "００5924"])("%j is no code", (code) => {
  expect(stepOf(reference, code, 1_234_567_890_000)).toBeUndefined();
});

test("a code may be typed with a space in the middle, as authenticators show it", () => {
  expect(stepOf(reference, "005 924", 1_234_567_890_000)).toBe(41152263);
});

test("a secret has 160 random bits", () => {
  const secret = newTotpSecret();
  expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
  expect(newTotpSecret()).not.toBe(secret);
});

test("the URI names the console and the account", () => {
  const uri = new URL(totpUri(reference, "wang@example", "Gantry ops"));
  expect(decodeURIComponent(uri.pathname)).toContain("Gantry ops:wang@example");
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: reference, digits: "6", period: "30" });
});

test("the picture's modules are those of the QR code, with its quiet zone", () => {
  const { size, path } = qrPath("otpauth://totp/x");
  const dark = new Set<string>();
  for (const [, x = "", y = "", width = ""] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let column = 0; column < Number(width); column += 1) dark.add(`${Number(x) + column},${y}`);
  // The finder pattern in the corner: seven dark modules along its top, a light one inside, none in the border.
  for (let column = 4; column < 11; column += 1) expect(dark).toContain(`${column},4`);
  expect(dark).not.toContain("5,5");
  expect([...dark].some((each) => each.split(",").some((part) => Number(part) < 4 || Number(part) >= size - 4))).toBe(
    false,
  );
});
