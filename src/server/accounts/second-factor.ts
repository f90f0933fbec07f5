import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database } from "../store/database.ts";
import { oneTimePassword } from "./one-time-password.ts";
import { stepOf } from "./totp-code.ts";

const RECOVERY_CODES = 10;

/** `none`: the account has no authenticator. `recovery`: right, and one recovery code less. */
export type FactorCheck = "none" | "needed" | "right" | "recovery" | "wrong";

export const totpContext = (account: number): string => `account/${account}/totp`;

/** Checks the code that is given at sign-in; a code that was accepted is never accepted again. */
export async function checkFactor(
  db: Database,
  box: SecretBox,
  account: number,
  code: string | undefined,
): Promise<FactorCheck> {
  const totp = await db
    .selectFrom("totp")
    .select("secret")
    .where("account", "=", account)
    .where("confirmed_at", "is not", null)
    .executeTakeFirst();
  if (totp === undefined) return "none";
  if (code === undefined || code === "") return "needed";
  const step = stepOf(openTotp(box, totp.secret, account), code, Date.now());
  if (step !== undefined) return (await takeStep(db, account, step)) ? "right" : "wrong";
  return (await takeRecoveryCode(db, account, code)) ? "recovery" : "wrong";
}

export function openTotp(box: SecretBox, sealed: string, account: number): string {
  const opened = box.open(sealed, totpContext(account));
  if (!opened.ok)
    throw new Error(`the authenticator of account ${account} cannot be decrypted: ${opened.failure.reason}`);
  return opened.value;
}

/** Two that use the same code at once: one of them has it. */
async function takeStep(db: Database, account: number, step: number): Promise<boolean> {
  const taken = await db
    .updateTable("totp")
    .set({ last_step: step })
    .where("account", "=", account)
    .where("last_step", "<", step)
    .returning("account")
    .executeTakeFirst();
  return taken !== undefined;
}

async function takeRecoveryCode(db: Database, account: number, code: string): Promise<boolean> {
  const taken = await db
    .updateTable("recovery_code")
    .set({ used_at: sql`now()` })
    .where("account", "=", account)
    .where("code_hash", "=", recoveryHash(code))
    .where("used_at", "is", null)
    .returning("account")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Makes new recovery codes, in place of those there are; only their hashes are kept. */
export async function renewRecoveryCodes(trx: Database, account: number): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, oneTimePassword);
  await trx.deleteFrom("recovery_code").where("account", "=", account).execute();
  await trx
    .insertInto("recovery_code")
    .values(codes.map((code) => ({ account, code_hash: recoveryHash(code) })))
    .execute();
  return codes;
}

/** Takes the authenticator away, with its recovery codes; false: there was none, or none that was confirmed. */
export async function removeTotp(trx: Database, account: number): Promise<boolean> {
  await trx.deleteFrom("recovery_code").where("account", "=", account).execute();
  const removed = await trx
    .deleteFrom("totp")
    .where("account", "=", account)
    .returning("confirmed_at")
    .executeTakeFirst();
  return removed?.confirmed_at != null;
}

/** The codes are random enough (79 bits) that one round of SHA-256 protects them. */
function recoveryHash(code: string): Buffer {
  return createHash("sha256").update(code.toLowerCase().replaceAll(/[\s-]/g, "")).digest();
}
