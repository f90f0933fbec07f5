import { sql } from "kysely";
import type { Health } from "../../contract/administration.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import { databaseFacts } from "../store/database.ts";

/** Seconds without a sign after which a worker counts as gone. */
const GONE = 20;

export interface HealthParts {
  readonly store: DefinitionStore;
  readonly version: string;
  readonly startedAt: Date;
  readonly bundled: boolean;
}

/** How the parts of the console are, as the health page shows them. */
export async function systemHealth({ store, version, startedAt, bundled }: HealthParts): Promise<Health> {
  const { db } = store;
  const before = performance.now();
  const facts = await databaseFacts(db);
  const milliseconds = Math.round(performance.now() - before);
  const [workers, counts, centres, states] = await Promise.all([
    db.selectFrom("worker").selectAll().orderBy("name").execute(),
    db
      .selectFrom("request")
      .select("state")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .select(sql<number | null>`extract(epoch from now() - min(queued_at))::float8`.as("oldest"))
      .where("state", "in", ["queued", "running", "scheduled"])
      .groupBy("state")
      .execute(),
    store.list("config_centre"),
    db.selectFrom("place_state").selectAll().execute(),
  ]);
  const count = (state: string): number => counts.find((row) => row.state === state)?.count ?? 0;
  return {
    version,
    startedAt: startedAt.toISOString(),
    database: { ok: true, bundled, version: facts.version, bytes: facts.bytes, milliseconds },
    workers: workers.map(({ name, machine, seen_at, running }) => ({
      name,
      machine,
      seenAt: seen_at.toISOString(),
      running,
      alive: Date.now() - seen_at.getTime() < GONE * 1000,
    })),
    queue: {
      queued: count("queued"),
      active: count("running"),
      scheduled: count("scheduled"),
      oldestSeconds: counts.find((row) => row.state === "queued")?.oldest ?? null,
    },
    places: centres.map(({ id, name }) => {
      const state = states.find((row) => row.config_centre === id);
      return {
        id,
        name,
        state: state?.state ?? ("unknown" as const),
        problem: state?.problem ?? null,
        at: state?.at.toISOString() ?? null,
      };
    }),
  };
}
