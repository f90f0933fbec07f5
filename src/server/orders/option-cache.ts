import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Options } from "../../contract/requests.ts";
import type { Database } from "../store/database.ts";

/** Seconds for which an answer counts as good without asking again. */
const GOOD_FOR = 15;

/** What one fetch has brought. */
export type Fetched =
  | { readonly ok: true; readonly values: readonly string[]; readonly bytes: number; readonly milliseconds: number }
  | {
      readonly ok: false;
      readonly problem: string;
      readonly output?: string;
      readonly bytes: number;
      readonly milliseconds: number;
    };

export interface OptionCache {
  /**
   * Answers from the cache while it is good, else fetches; where that fails, the last good answer, marked as stale.
   * Those who ask for the same at the same time share one fetch. Each fetch is recorded.
   */
  get(key: unknown, variable: number | null, refresh: boolean, fetch: () => Promise<Fetched>): Promise<Options>;
}

export function createOptionCache(db: Database): OptionCache {
  const fetching = new Map<string, Promise<Options>>();
  return {
    get: async (key, variable, refresh, fetch) => {
      const hash = createHash("sha256").update(JSON.stringify(key)).digest("hex");
      const good = refresh ? undefined : await lastGood(db, hash, GOOD_FOR);
      if (good !== undefined) return shown(good, "cached");
      const known = fetching.get(hash);
      if (known !== undefined) return known;
      const fetched = fetchAndKeep(db, hash, variable, fetch).finally(() => fetching.delete(hash));
      fetching.set(hash, fetched);
      return fetched;
    },
  };
}

async function fetchAndKeep(
  db: Database,
  hash: string,
  variable: number | null,
  fetch: () => Promise<Fetched>,
): Promise<Options> {
  const fetched = await fetch();
  const { bytes, milliseconds } = fetched;
  const at = new Date();
  await db
    .insertInto("option_fetch")
    .values({
      variable,
      source_hash: hash,
      at,
      milliseconds: Math.round(milliseconds),
      bytes,
      ok: fetched.ok,
      option_values: fetched.ok ? JSON.stringify(fetched.values) : null,
      problem: fetched.ok ? null : fetched.problem,
    })
    .execute();
  if (fetched.ok)
    return { values: [...fetched.values], status: "fresh", fetchedAt: at.toISOString(), milliseconds, bytes };
  const { problem, output } = fetched;
  const good = await lastGood(db, hash);
  const failed = { problem, ...(output === undefined ? {} : { output }) };
  return good === undefined
    ? { values: [], status: "failed", fetchedAt: null, milliseconds, bytes, ...failed }
    : { ...shown(good, "stale"), ...failed };
}

interface Good {
  readonly at: Date;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly option_values: string[] | null;
}

function lastGood(db: Database, hash: string, seconds?: number): Promise<Good | undefined> {
  let query = db
    .selectFrom("option_fetch")
    .select(["at", "milliseconds", "bytes", "option_values"])
    .where("source_hash", "=", hash)
    .where("ok", "=", true);
  if (seconds !== undefined) query = query.where("at", ">", sql<Date>`now() - ${`${seconds} seconds`}::interval`);
  return query.orderBy("at", "desc").limit(1).executeTakeFirst();
}

function shown({ at, milliseconds, bytes, option_values }: Good, status: "cached" | "stale"): Options {
  return { values: option_values ?? [], status, fetchedAt: at.toISOString(), milliseconds, bytes };
}
