import { hostname } from "node:os";
import { distance } from "fastest-levenshtein";
import { sql } from "kysely";
import { oneTimePassword } from "../accounts/one-time-password.ts";
import { hashOneTime } from "../accounts/password-hash.ts";
import { removeTotp } from "../accounts/second-factor.ts";
import { forgetFailures } from "../accounts/sign-in-failures.ts";
import { audit, CONSOLE_ACTOR } from "../audit/audit.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { ServerOptions } from "../main.ts";
import type { Database } from "../store/database.ts";
import type { PasswordReset, StartWords } from "../words/start-words.ts";
import { dataFolderOf } from "./data-folder.ts";
import { openExisting } from "./open-existing.ts";

export interface ResetPasswordOptions extends ServerOptions {
  readonly name: string;
  /** Also removes the authenticator. */
  readonly totp: boolean;
  /** Also switches the account on. */
  readonly activate: boolean;
}

/** Names that are suggested for one that nobody has. */
const SUGGESTED = 5;

/** Gives an account a one-time password, prints it, and ends the account's sessions; the failure is a message. */
export async function resetPassword(options: ResetPasswordOptions, words: StartWords): Promise<Result<string, string>> {
  const { env, stderr } = options;
  const onError = (error: Error): void => void stderr.write(`${error.message}\n`);
  const opened = await openExisting({ dataFolder: dataFolderOf(options.data, env), env, words, onError });
  if (!opened.ok) return opened;
  const { db, close } = opened.value;
  try {
    const reset = await db.transaction().execute((trx) => resetIn(trx, options));
    if (reset !== undefined) return ok(words.passwordReset(reset));
    return fail(words.noSuchAccount(options.name, await namesNear(db, options.name)));
  } finally {
    await close();
  }
}

async function resetIn(trx: Database, options: ResetPasswordOptions): Promise<PasswordReset | undefined> {
  const account = await trx
    .selectFrom("account")
    .select(["id", "name", "active"])
    .select(
      sql<boolean>`exists (select from totp where totp.account = account.id and confirmed_at is not null)`.as("totp"),
    )
    .select(sql<string | null>`(select d.name from definition d where d.id = account.method)`.as("method"))
    .where(sql`lower(name)`, "=", options.name.toLowerCase())
    .forUpdate()
    .executeTakeFirst();
  if (account === undefined) return undefined;
  const { id, name, method } = account;
  const password = oneTimePassword();
  await trx
    .updateTable("account")
    .set({
      password_hash: await hashOneTime(password),
      must_change_password: true,
      // Whom a method vouched for signs in with this password from now on.
      method: null,
      version: sql`version + 1`,
      ...(options.activate ? { active: true } : {}),
    })
    .where("id", "=", id)
    .execute();
  await trx.deleteFrom("session").where("account", "=", id).execute();
  await forgetFailures(trx, name);
  const object = { kind: "account", id, name };
  const activated = options.activate && !account.active;
  const data = { command: "reset-password", machine: hostname(), activated, method };
  await audit(trx, { actor: CONSOLE_ACTOR, action: "password-reset", object, data });
  const removed = options.totp && (await removeTotp(trx, id));
  if (removed) await audit(trx, { actor: CONSOLE_ACTOR, action: "totp-removed", object });
  return {
    name,
    password,
    activated,
    inactive: !account.active && !activated,
    totp: account.totp && !removed,
    removed,
    method,
  };
}

/** The names that were most likely meant, the nearest first; all, where there are only a few. */
async function namesNear(db: Database, name: string): Promise<string[]> {
  const rows = await db.selectFrom("account").select("name").execute();
  const sought = name.toLowerCase();
  const near = rows
    .map((row) => ({ name: row.name, far: distance(sought, row.name.toLowerCase()) }))
    .toSorted((one, other) => one.far - other.far || one.name.localeCompare(other.name));
  const isNear = ({ name: each, far }: { name: string; far: number }): boolean =>
    far <= Math.max(2, Math.floor(sought.length / 3)) || each.toLowerCase().includes(sought);
  return (near.length <= SUGGESTED ? near : near.filter(isNear).slice(0, SUGGESTED)).map((each) => each.name);
}
