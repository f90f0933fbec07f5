import { sql } from "kysely";
import { ProblemError } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";

/** Wrong passwords or codes until a name is locked, and for how many minutes; each further one locks it again. */
const TRIES = 5;
const LOCKED = 5;
/** Hours after which failures are forgotten. */
const REMEMBERED = 24;

/** An attempt at signing in that is under way; `locks`: if it fails, the name is locked. */
export interface Attempt {
  readonly locks: boolean;
}

/**
 * Counts an attempt as a failure until it has succeeded, so that many at once are not more tries than five; throws
 * the problem `locked-out` where the name is locked. Names that nobody has count alike.
 */
export async function beginAttempt(db: Database, name: string): Promise<Attempt> {
  const { rows } = await sql<{ locks: boolean }>`
    insert into sign_in_failure as f (name, failures) values (${keyOf(name)}, 1)
    on conflict (name) do update set
      failures = case when f.at < now() - ${`${REMEMBERED} hours`}::interval then 1 else f.failures + 1 end,
      at = now(),
      locked_until = case when f.failures + 1 >= ${TRIES} and f.at >= now() - ${`${REMEMBERED} hours`}::interval
        then now() + ${`${LOCKED} minutes`}::interval end
      where f.locked_until is null or f.locked_until <= now()
    returning locked_until is not null as locks`.execute(db);
  const [attempt] = rows;
  if (attempt === undefined) throw lockedOut(await lockedMinutes(db, name));
  await db
    .deleteFrom("sign_in_failure")
    .where("at", "<", sql<Date>`now() - ${`${REMEMBERED} hours`}::interval`)
    .execute();
  return attempt;
}

/** It has neither failed nor succeeded: the password was right, and the code is still to come. */
export async function withdrawAttempt(db: Database, name: string): Promise<void> {
  await db
    .updateTable("sign_in_failure")
    .set({ failures: sql`greatest(failures - 1, 0)`, locked_until: null })
    .where("name", "=", keyOf(name))
    .execute();
}

/** Somebody has signed in, or an administrator frees the name. */
export async function forgetFailures(db: Database, name: string): Promise<void> {
  await db.deleteFrom("sign_in_failure").where("name", "=", keyOf(name)).execute();
}

/**
 * Directories take many spellings for one name: full-width letters, several blanks, characters that are not seen (RFC
 * 4518). They count together, or each would give five tries more.
 */
function keyOf(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\p{Default_Ignorable_Code_Point}|\p{Cc}/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Minutes for which nobody can sign in under this name any more. */
async function lockedMinutes(db: Database, name: string): Promise<number> {
  const row = await db
    .selectFrom("sign_in_failure")
    .select("locked_until")
    .where("name", "=", keyOf(name))
    .executeTakeFirst();
  return Math.max(1, Math.ceil(((row?.locked_until?.getTime() ?? 0) - Date.now()) / 60_000));
}

function lockedOut(minutes: number): ProblemError {
  return new ProblemError(
    429,
    "locked-out",
    `Too many wrong passwords or codes. Try again in ${minutes} min, or ask an administrator.`,
    { retryAfter: minutes * 60 },
  );
}
