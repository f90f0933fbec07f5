import { sql } from "kysely";
import { totpContext } from "../accounts/second-factor.ts";
import { openFields } from "../definitions/kept-secrets.ts";
import { SECRET_VALUES } from "../jobs/spool-spec.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database } from "../store/database.ts";

/**
 * Whether the secrets in the database open with this key, as far as the newest of each kind tells: with another key
 * nothing that needs one would work, and what is sealed from now on could not be read with the right one.
 */
export async function opensSecrets(db: Database, box: SecretBox): Promise<boolean> {
  const request = await db
    .selectFrom("request")
    .select("sealed_values")
    .where("sealed_values", "is not", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (request?.sealed_values != null && !box.open(request.sealed_values, SECRET_VALUES).ok) return false;
  const totp = await db
    .selectFrom("totp")
    .select(["account", "secret"])
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (totp !== undefined && !box.open(totp.secret, totpContext(totp.account)).ok) return false;
  const centre = await db
    .selectFrom("definition")
    .select("data")
    .where("kind", "=", "config_centre")
    .where(sql<boolean>`data->>'privateKey' <> '' or data->>'password' <> ''`)
    .orderBy("updated_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (centre === undefined) return true;
  try {
    openFields("config_centre", centre.data, box);
    return true;
  } catch {
    return false;
  }
}
