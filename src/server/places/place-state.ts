import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/** Keeps how a config centre was when it was last spoken to; null: it answered as it should. */
export async function notePlace(db: Database, configCentre: number, problem: string | null): Promise<void> {
  const state = problem === null ? "ok" : "failing";
  await db
    .insertInto("place_state")
    .values({ config_centre: configCentre, state, problem })
    .onConflict((conflict) => conflict.column("config_centre").doUpdateSet({ state, problem, at: sql`now()` }))
    .execute();
}
