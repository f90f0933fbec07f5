import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Wrong passwords until a name is locked, and for how many minutes; each further one locks it again. */
const TRIES = 5;
const LOCKED = 5;
/** Hours after which failures are forgotten. */
const REMEMBERED = 24;

/** Minutes for which nobody can sign in under this name any more; 0: it is not locked. */
export async function lockedMinutes(db: Database, name: string): Promise<number> {
  const row = await db
    .selectFrom("sign_in_failure")
    .select("locked_until")
    .where("name", "=", name.toLowerCase())
    .executeTakeFirst();
  const left = (row?.locked_until?.getTime() ?? 0) - Date.now();
  return left <= 0 ? 0 : Math.ceil(left / 60_000);
}

/** Counts a wrong password, or a name that nobody has. */
export async function countFailure(db: Database, name: string): Promise<void> {
  await sql`
    insert into sign_in_failure as f (name, failures) values (${name.toLowerCase()}, 1)
    on conflict (name) do update set
      failures = case when f.at < now() - ${`${REMEMBERED} hours`}::interval then 1 else f.failures + 1 end,
      at = now(),
      locked_until = case when f.failures + 1 >= ${TRIES} and f.at >= now() - ${`${REMEMBERED} hours`}::interval
        then now() + ${`${LOCKED} minutes`}::interval end`.execute(db);
  await db
    .deleteFrom("sign_in_failure")
    .where("at", "<", sql<Date>`now() - ${`${REMEMBERED} hours`}::interval`)
    .execute();
}

/** Somebody has signed in, or an administrator frees the name. */
export async function forgetFailures(db: Database, name: string): Promise<void> {
  await db.deleteFrom("sign_in_failure").where("name", "=", name.toLowerCase()).execute();
}
