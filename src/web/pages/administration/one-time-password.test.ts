import { expect, test } from "vitest";
import { oneTimePassword } from "./one-time-password.ts";

test("one-time passwords can be read out, and are never the same", () => {
  const made = Array.from({ length: 200 }, oneTimePassword);
  for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/u);
  expect(new Set(made).size).toBe(made.length);
});
