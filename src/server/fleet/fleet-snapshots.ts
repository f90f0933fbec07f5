import { sql, type RawBuilder } from "kysely";
import type { FleetSource } from "../../contract/fleet.ts";
import type { Database } from "../store/database.ts";
import type { FleetMatrix, FleetProblem, VersionsByProject } from "./fleet-data.ts";
import type { GantryCentre } from "./gantry-orders.ts";

/** Seconds after which an asking counts as dead: its server has been killed. Longer than one may take. */
const DEAD = 150;

/** An environment as one config centre sees it. */
export interface Seen {
  readonly environment: number;
  readonly centre: number;
}

/** One asking in hand; what an older turn brings is dropped. */
export interface Turn extends Seen {
  readonly turn: number;
}

/** Why it is asked: somebody looks (then not more often than this many seconds), wants it, or something has happened. */
export type Wish =
  | { readonly because: "look"; readonly olderThan: number }
  | { readonly because: "request" }
  | { readonly because: "change"; readonly since: Date };

/**
 * Begins an asking, unless another one answers the wish; undefined: there is nothing to do. One that has begun before
 * the change that it should show is followed by another one.
 */
export function beginTurn(db: Database, { environment, centre }: Seen, wish: Wish): Promise<Turn | undefined> {
  const since = sinceOf(wish);
  return db.transaction().execute(async (trx) => {
    const key = { environment, config_centre: centre };
    await trx
      .insertInto("fleet_snapshot")
      .values(key)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await trx
      .selectFrom("fleet_snapshot")
      .select([
        sql<boolean>`asking and began_at > now() - make_interval(secs => ${DEAD})`.as("alive"),
        sql<boolean>`began_at is not null and began_at > ${since}`.as("fresh"),
        sql<boolean>`coalesce(looked_at > now() - interval '1 day', false)`.as("watched"),
      ])
      .where("environment", "=", environment)
      .where("config_centre", "=", centre)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const update = trx
      .updateTable("fleet_snapshot")
      .where("environment", "=", environment)
      .where("config_centre", "=", centre);
    // Nobody pays for a fleet that nobody looks at; whoever looks the next time has it asked anyway.
    if (row.fresh || (wish.because === "change" && !row.watched)) return undefined;
    if (row.alive) {
      if (wish.because === "change") await update.set({ wanted_since: wish.since }).execute();
      return undefined;
    }
    const { turn } = await update
      .set({
        asking: true,
        turn: sql<number>`turn + 1`,
        began_at: sql<Date>`now()`,
        wanted_since: null,
        ...(wish.because === "change" ? {} : { looked_at: sql<Date>`now()` }),
      })
      .returning("turn")
      .executeTakeFirstOrThrow();
    return { environment, centre, turn };
  });
}

/** An asking that has begun after this answers the wish. One that takes long is not repeated all the time. */
function sinceOf(wish: Wish): RawBuilder<Date> {
  if (wish.because === "change") return sql`${wish.since}::timestamptz`;
  if (wish.because === "request") return sql`now()`;
  return sql`now() - make_interval(secs => greatest(${wish.olderThan}, 2 * coalesce(milliseconds, 0) / 1000.0))`;
}

/** What came of an asking. */
export type Outcome =
  | {
      readonly milliseconds: number;
      readonly matrix: FleetMatrix;
      readonly versions: VersionsByProject;
    }
  | { readonly problem: FleetProblem }
  /** The server stops. */
  | "given-up";

/** Ends an asking: keeps the answer, or the last good one with what is wrong now. Says what has happened meanwhile. */
export async function endTurn(
  db: Database,
  { environment, centre, turn }: Turn,
  outcome: Outcome,
): Promise<Date | null> {
  const kept =
    outcome === "given-up"
      ? { began_at: null }
      : "problem" in outcome
        ? { problem: storable(outcome.problem) }
        : {
            // By the database's clock: that of a config centre may be wrong.
            at: sql<Date>`began_at`,
            milliseconds: outcome.milliseconds,
            matrix: storable(outcome.matrix),
            versions: storable(outcome.versions),
            problem: null,
          };
  const row = await db
    .updateTable("fleet_snapshot")
    .set({ asking: false, ...kept })
    .where("environment", "=", environment)
    .where("config_centre", "=", centre)
    .where("turn", "=", turn)
    .returning("wanted_since")
    .executeTakeFirst();
  return row?.wanted_since ?? null;
}

/** PostgreSQL's `jsonb` has no NUL and no half of a surrogate pair; hosts may say anything. */
function storable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "string" ? inner.toWellFormed().replaceAll("\u0000", "\uFFFD") : inner,
  );
}

/** How old the answers of these config centres are, and whether they are being asked; in the order of the centres. */
export async function sourcesOf(
  db: Database,
  environment: number,
  centres: readonly GantryCentre[],
): Promise<readonly FleetSource[]> {
  const rows = await db
    .selectFrom("fleet_snapshot")
    .select([
      "config_centre",
      "at",
      "milliseconds",
      "problem",
      sql<number | null>`extract(epoch from now() - at)::float8`.as("age"),
      sql<boolean>`asking and began_at > now() - make_interval(secs => ${DEAD})`.as("refreshing"),
    ])
    .where("environment", "=", environment)
    .execute();
  const byCentre = new Map(rows.map((row) => [row.config_centre, row]));
  return centres.map((configCentre) => {
    const row = byCentre.get(configCentre.id);
    return {
      configCentre: { ...configCentre },
      at: row?.at?.toISOString() ?? null,
      age: row?.age ?? null,
      milliseconds: row?.milliseconds ?? null,
      refreshing: row?.refreshing ?? false,
      problem: row?.problem ?? null,
    };
  });
}

/** The last good answers, in the order of the centres. */
export async function matricesOf(
  db: Database,
  environment: number,
  centres: readonly GantryCentre[],
): Promise<readonly { readonly centre: GantryCentre; readonly matrix: FleetMatrix }[]> {
  const rows = await db
    .selectFrom("fleet_snapshot")
    .select(["config_centre", "matrix"])
    .where("environment", "=", environment)
    .execute();
  return centres.flatMap((centre) => {
    const matrix = rows.find((row) => row.config_centre === centre.id)?.matrix ?? null;
    return matrix === null ? [] : [{ centre, matrix }];
  });
}

/** All versions of one project by host, or on one host by project, as one config centre has seen them. */
export async function versionsOf(
  db: Database,
  { environment, centre }: Seen,
  of: { readonly project: string } | { readonly host: string },
): Promise<VersionsByProject[string]> {
  const found =
    "project" in of
      ? sql<VersionsByProject[string] | null>`versions->${of.project}::text`
      : sql<VersionsByProject[string] | null>`(select jsonb_object_agg(key, value->${of.host}::text)
          from jsonb_each(versions) where value ? ${of.host}::text)`;
  const row = await db
    .selectFrom("fleet_snapshot")
    .select(found.as("versions"))
    .where("environment", "=", environment)
    .where("config_centre", "=", centre)
    .executeTakeFirst();
  return row?.versions ?? {};
}
