import { oneTimePassword } from "../accounts/one-time-password.ts";
import { hashPassword } from "../accounts/password-hash.ts";
import type { Database } from "../store/database.ts";

/**
 * Makes the administrator `admin` where there is no account at all; returns the one-time password, or undefined where
 * there was an account.
 */
export async function makeFirstAdministrator(db: Database): Promise<{ name: string; password: string } | undefined> {
  const anybody = await db.selectFrom("account").select("id").limit(1).executeTakeFirst();
  if (anybody !== undefined) return undefined;
  const password = oneTimePassword();
  const made = await db
    .insertInto("account")
    .values({
      name: "admin",
      display_name: "",
      role: "administrator",
      password_hash: await hashPassword(password),
      must_change_password: true,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("name")
    .executeTakeFirst();
  return made === undefined ? undefined : { name: made.name, password };
}
