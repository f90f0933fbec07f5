import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { Secret } from "../../domain/secret.ts";
import type { VaultProblem } from "./errors.ts";
import type { VaultPasswords } from "./vault-passwords.ts";

const header = /^\$ANSIBLE_VAULT;(?<version>1\.[12]);AES256(?:;(?<label>[^\n]*))?\s*\n/;

/** Whether a text, or a file's first bytes, is encrypted by Ansible Vault. */
export function isVault(text: string): boolean {
  return text.startsWith("$ANSIBLE_VAULT;");
}

/**
 * Opens what Ansible Vault encrypted: PBKDF2-SHA256 keys, HMAC-SHA256, AES-256-CTR (Ansible's "vault format" 1.1 and
 * 1.2). The passwords are tried in their order, one with the same label first.
 */
export function decryptVault(text: string, passwords: VaultPasswords): Result<string, VaultProblem> {
  const match = header.exec(`${text.trim()}\n`);
  const outer = match === null ? "" : text.trim().slice(match[0].length).replace(/\s/g, "");
  const [salt = "", mac = "", cipher = ""] = Buffer.from(outer, "hex").toString("latin1").split("\n");
  if (salt === "" || mac.length !== 64 || cipher === "") return fail("damaged");
  const known = passwords.all();
  if (!known.ok) return known;
  if (known.value.length === 0) return fail("no-password");
  const label = match?.groups?.["label"]?.trim();
  const ordered = known.value.toSorted((a, b) => Number(b.label === label) - Number(a.label === label));
  for (const { password } of ordered) {
    const opened = open(Buffer.from(salt, "hex"), Buffer.from(mac, "hex"), Buffer.from(cipher, "hex"), password);
    if (opened !== undefined) return ok(opened);
  }
  return fail("wrong-password");
}

function open(salt: Buffer, mac: Buffer, cipher: Buffer, password: Secret): string | undefined {
  const keys = pbkdf2Sync(password.reveal(), salt, 10_000, 80, "sha256");
  const expected = createHmac("sha256", keys.subarray(32, 64)).update(cipher).digest();
  if (!timingSafeEqual(expected, mac)) return undefined;
  const decipher = createDecipheriv("aes-256-ctr", keys.subarray(0, 32), keys.subarray(64, 80));
  const padded = Buffer.concat([decipher.update(cipher), decipher.final()]);
  return padded.subarray(0, padded.length - (padded.at(-1) ?? 0)).toString();
}
