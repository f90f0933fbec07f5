import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fail, ok, type Result } from "../../domain/result.ts";

/** Where the key comes from: GANTRY_SECRET_KEY (base64 of 32 bytes), or a file that holds the same. */
export type SecretKeySource = { readonly key: string } | { readonly keyFile: string };

export type SecretKeyFailure =
  /** Not base64 of 32 bytes. `file` is absent when the key came from the environment. */
  | { readonly reason: "key-malformed"; readonly file?: string }
  /** The group or everybody may read the file; `mode` is octal. */
  | { readonly reason: "key-exposed"; readonly file: string; readonly mode: string }
  | { readonly reason: "key-unusable"; readonly file: string; readonly detail: string };

const BYTES = 32;

/** Reads the key; a file that is absent is made with a random one. */
export function readSecretKey(source: SecretKeySource): Result<KeyObject, SecretKeyFailure> {
  if ("key" in source) return parseKey(source.key) ?? fail({ reason: "key-malformed" });
  const file = source.keyFile;
  try {
    return readKeyFile(file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return fail({ reason: "key-unusable", file, detail: error.message });
  }
}

function readKeyFile(file: string): Result<KeyObject, SecretKeyFailure> {
  const descriptor = openOrMake(file);
  try {
    const mode = fstatSync(descriptor).mode & 0o777;
    if ((mode & 0o077) !== 0) return fail({ reason: "key-exposed", file, mode: mode.toString(8).padStart(4, "0") });
    return parseKey(readFileSync(descriptor, "utf8")) ?? fail({ reason: "key-malformed", file });
  } finally {
    closeSync(descriptor);
  }
}

function openOrMake(file: string): number {
  try {
    return openSync(file, "r");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    makeKeyFile(file);
    return openSync(file, "r");
  }
}

/** The file appears whole or not at all, and of several that make it at once one wins: half a key would lose secrets. */
function makeKeyFile(file: string): void {
  const aside = `${file}.${randomBytes(4).toString("hex")}`;
  const descriptor = openSync(aside, "wx", 0o600);
  try {
    writeFileSync(descriptor, `${randomBytes(BYTES).toString("base64")}\n`);
    fsyncSync(descriptor);
    linkSync(aside, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    closeSync(descriptor);
    rmSync(aside, { force: true });
  }
}

function parseKey(text: string): Result<KeyObject, never> | undefined {
  const bytes = Buffer.from(text.trim(), "base64");
  // Buffer skips what is no base64: only what comes back the same was.
  const isWhole = bytes.length === BYTES && bytes.toString("base64") === text.trim();
  return isWhole ? ok(createSecretKey(bytes)) : undefined;
}
