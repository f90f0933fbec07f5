import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSecretBox, type SecretBox } from "./secret-box.ts";
import type { SecretKeySource } from "./secret-key.ts";

let folder: string;
let keyFile: string;
beforeEach(() => {
  folder = mkdtempSync("/tmp/gt-");
  keyFile = join(folder, "secret.key");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const randomKey = (): string => randomBytes(32).toString("base64");

function opened(source: SecretKeySource): SecretBox {
  const box = openSecretBox(source);
  if (!box.ok) throw new Error(box.failure.reason);
  return box.value;
}

test.each(["", "hunter2", "密码 🔑\n", "x".repeat(100_000)])(
  "what was sealed opens again in its context: %#",
  (text) => {
    const box = opened({ key: randomKey() });
    expect(box.open(box.seal(text, "config_centre/3/password"), "config_centre/3/password")).toEqual({
      ok: true,
      value: text,
    });
  },
);

test("a sealed text shows its version and nothing of the secret, and is never the same twice", () => {
  const box = opened({ key: randomKey() });
  const sealed = box.seal("hunter2", "a");
  expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]{31}$/);
  expect(box.seal("hunter2", "a")).not.toBe(sealed);
});

test("does not open in another context: a value cannot be moved to another field", () => {
  const box = opened({ key: randomKey() });
  const context = "config_centre/4/password";
  const moved = box.open(box.seal("hunter2", "config_centre/3/password"), context);
  expect(moved).toEqual({ ok: false, failure: { reason: "tampered", context } });
});

test("does not open when any part of it was changed", () => {
  const box = opened({ key: randomKey() });
  const sealed = box.seal("hunter2", "a");
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === "A" ? "Q" : "A";
    const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
    expect(box.open(changed, "a").ok, changed).toBe(false);
  }
});

test("says when another key has sealed a text", () => {
  const sealed = opened({ key: randomKey() }).seal("hunter2", "a");
  expect(opened({ key: randomKey() }).open(sealed, "a")).toEqual({
    ok: false,
    failure: { reason: "other-key", context: "a" },
  });
});

test.each(["", "hunter2", "v1.a.b.c", "v2.AAAAAAAA.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAA"])(
  "says when a text is not a sealed one: %j",
  (text) => {
    const box = opened({ key: randomKey() });
    expect(box.open(text, "a")).toEqual({ ok: false, failure: { reason: "not-sealed", context: "a" } });
  },
);

test("makes a private key file, alone in its folder, and uses it from then on", () => {
  const sealed = opened({ keyFile }).seal("hunter2", "a");
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["secret.key"]);
  expect(opened({ keyFile }).open(sealed, "a")).toEqual({ ok: true, value: "hunter2" });
});

test("the key file holds what the environment variable takes", () => {
  const sealed = opened({ keyFile }).seal("hunter2", "a");
  expect(opened({ key: readFileSync(keyFile, "utf8") }).open(sealed, "a").ok).toBe(true);
});

test.each([0o640, 0o604, 0o620])("refuses a key file that others may read or write: %o", (mode) => {
  opened({ keyFile });
  chmodSync(keyFile, mode);
  expect(openSecretBox({ keyFile })).toEqual({
    ok: false,
    failure: { reason: "key-exposed", file: keyFile, mode: `0${mode.toString(8)}` },
  });
});

test.each([randomBytes(31).toString("base64"), randomBytes(33).toString("base64"), "", `!${randomKey()}`, "secret"])(
  "refuses a key that is not base64 of 32 bytes, and does not repeat it: %#",
  (key) => {
    writeFileSync(keyFile, key, { mode: 0o600 });
    expect(openSecretBox({ key })).toEqual({ ok: false, failure: { reason: "key-malformed" } });
    expect(openSecretBox({ keyFile })).toEqual({ ok: false, failure: { reason: "key-malformed", file: keyFile } });
  },
);

test("says why a key file cannot be used", () => {
  const file = join(folder, "absent", "secret.key");
  expect(openSecretBox({ keyFile: file })).toMatchObject({ ok: false, failure: { reason: "key-unusable", file } });
});

test("an open box prints nothing of its key", () => {
  const key = randomKey();
  expect(JSON.stringify(opened({ key }))).toBe("{}");
});
