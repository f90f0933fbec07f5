import { sql } from "kysely";
import { forgetDeliveries } from "../notifications/deliver.ts";
import type { Places } from "../places/places.ts";
import type { Database } from "../store/database.ts";

/** Minutes between rounds, hours until the spool of an ended run goes, days until a fetch of options is forgotten. */
const ROUND = 10;
const SPOOL_AGE = 24;
const FETCH_AGE = 30;

/** Removes what nobody needs any more: spools of runs that are stored whole, old answers of value scripts. */
export function keepHouse(parts: {
  readonly db: Database;
  readonly places: Places;
  readonly onError: (error: Error) => void;
}): { stop(): void } {
  const { db, places, onError } = parts;
  const round = async (): Promise<void> => {
    const runs = await db
      .selectFrom("run")
      .select(["id", "spool", "config_centre"])
      .where("removed_at", "is", null)
      .where("ended_at", "<", sql<Date>`now() - ${`${SPOOL_AGE} hours`}::interval`)
      .limit(200)
      .execute();
    for (const run of runs) {
      const { place } = await places.at(run.config_centre);
      const removed = await place.remove(run.spool);
      if (removed.ok)
        await db
          .updateTable("run")
          .set({ removed_at: sql`now()` })
          .where("id", "=", run.id)
          .execute();
    }
    await forgetDeliveries(db);
    await db
      .deleteFrom("option_fetch as f")
      .where("f.at", "<", sql<Date>`now() - ${`${FETCH_AGE} days`}::interval`)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom("option_fetch as later")
            .select("later.id")
            .whereRef("later.source_hash", "=", "f.source_hash")
            .where("later.ok", "=", true)
            .whereRef("later.at", ">", "f.at"),
        ),
      )
      .execute();
  };
  const timer = setInterval(
    () => void round().catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error)))),
    ROUND * 60_000,
  );
  return { stop: () => clearInterval(timer) };
}
