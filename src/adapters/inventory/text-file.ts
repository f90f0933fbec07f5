import { readFileSync } from "node:fs";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { InventoryProblem } from "./errors.ts";
import { errorMessage } from "./path-kind.ts";
import { decryptVault, isVault } from "./vault.ts";
import type { VaultPasswords } from "./vault-passwords.ts";

/**
 * A file's text: decrypted if Ansible Vault encrypted it, without a byte order mark. Bytes that are not UTF-8 are
 * fine in comments, as Ansible has it; elsewhere they fail with their line.
 */
export function readText(file: string, passwords: VaultPasswords): Result<string, InventoryProblem> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return fail({ reason: "inventory-unreadable", file, detail: errorMessage(error) });
  }
  if (isVault(bytes.toString("latin1", 0, 32))) {
    const opened = decryptVault(bytes.toString("latin1"), passwords);
    return opened.ok ? opened : fail({ reason: "inventory-vault", problem: opened.failure, file });
  }
  const text = new TextDecoder("utf-8").decode(bytes);
  if (!text.includes("\u{fffd}") || isUtf8(bytes)) return ok(text);
  const line = text
    .split(/\r\n|[\r\n]/)
    .findIndex((candidate) => candidate.includes("\u{fffd}") && !isComment(candidate));
  return line < 0 ? ok(text) : fail({ reason: "inventory-encoding", file, line: line + 1 });
}

/** Whether nothing but a comment holds bytes that are not UTF-8. */
function isComment(line: string): boolean {
  return /^\s*[#;]|^[^\u{fffd}]*\s#/u.test(line);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
