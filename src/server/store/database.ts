import { availableParallelism } from "node:os";
import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { Pool, types as pgTypes, type ClientConfig, type CustomTypesConfig } from "pg";
import { MIGRATIONS } from "./migrations.ts";
import { onConnect, PreparingClient } from "./prepared-statements.ts";
import type { Schema } from "./schema.ts";

export type Database = Kysely<Schema>;

/** How to reach a PostgreSQL server: a URL, or the folder of its socket. */
export type DatabaseAddress =
  | { readonly url: string }
  | { readonly host: string; readonly user: string; readonly database: string };

/** Does it in a transaction: in the one that is open already, or in a new one. */
export function inTransaction<T>(db: Database, work: (trx: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** What `pg` makes a connection from. */
export function connectionOptions(address: DatabaseAddress, application: string): ClientConfig {
  const common = { application_name: application, connectionTimeoutMillis: 10_000, keepAlive: true };
  return "url" in address ? { ...common, connectionString: address.url } : { ...common, ...address };
}

/**
 * A pool of connections. Statements that take longer than a minute are ended by the server; where no answer comes at
 * all (the network swallows it), the query fails a moment later.
 */
export function openDatabase(address: DatabaseAddress, application: string, onError: (error: Error) => void): Database {
  const timeouts = { statement_timeout: 60_000, query_timeout: 65_000 };
  const pool = new Pool({
    ...connectionOptions(address, application),
    ...timeouts,
    types,
    // As many as keep the processors busy: each has to learn its statements, so more would only be slower.
    max: availableParallelism() + 2,
    idleTimeoutMillis: 300_000,
    Client: PreparingClient,
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, though its types do not say so
    onConnect,
  });
  // An idle connection that breaks (the server was restarted) is no reason to end: the next query gets a new one.
  pool.on("error", onError);
  // Nor is one that breaks while it is in use: its query fails, and an event that nobody hears would end the process.
  pool.on("connect", (client) => client.on("error", onError));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** PostgreSQL's numbers of types (pg_type.dat). */
const INT8 = 20;
const TIMESTAMPTZ = 1184;

/**
 * Sizes and ids of type bigint stay far below 2^53 here, so they are numbers. Times, which lists have by the hundred, are
 * read by what JavaScript has built in, which is some times faster than the reader of `pg`.
 */
const types: CustomTypesConfig = {
  getTypeParser: ((id: number, format?: "text" | "binary") => {
    if (id === INT8) return Number;
    const parse = pgTypes.getTypeParser(id, format ?? "text") as (text: string) => unknown;
    return id === TIMESTAMPTZ && format !== "binary" ? (text: string) => usualTime(text) ?? parse(text) : parse;
  }) as typeof pgTypes.getTypeParser,
};

/** `2026-11-25 18:26:00.123+00` and `...+05:30`; undefined: another form (infinity, years before Christ). */
function usualTime(text: string): Date | undefined {
  if (text.length < 22 || text.length > 32 || text[10] !== " ") return undefined;
  const sign = text.at(-3);
  const zone = sign === "+" || sign === "-" ? ":00" : "";
  const time = new Date(`${text.slice(0, 10)}T${text.slice(11)}${zone}`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** A time that PostgreSQL has given as text, as ISO 8601: without a detour by a date, for lists that have hundreds. */
export function isoOf(text: string): string {
  const milliseconds = text.slice(20, -3).slice(0, 3).padEnd(3, "0");
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`;
}

/** Brings the tables up to date; several servers that start at once wait for each other. Throws what the server says. */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Version of the server, and the bytes that the database takes. */
export async function databaseFacts(db: Database): Promise<{ version: string; bytes: number }> {
  const { rows } = await sql<{ version: string; bytes: number }>`
    select current_setting('server_version') as version, pg_database_size(current_database())::bigint as bytes`.execute(
    db,
  );
  const [facts] = rows;
  return facts ?? { version: "", bytes: 0 };
}
