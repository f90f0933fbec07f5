import { sql } from "kysely";
import { afterAll, beforeAll } from "vitest";
import { migrate, openDatabase, type Database, type DatabaseAddress } from "./database.ts";
import { startTestPostgres, type TestPostgres } from "./test-postgres.fixture.ts";

export interface TestDatabase {
  readonly db: Database;
  readonly address: DatabaseAddress;
  /** The server that it is on, to be restarted; it is shared by all databases of the test file. */
  readonly server: TestPostgres;
}

const TEMPLATE = "gantry_template";

/** One server for a test file, since starting one takes a second, and more on a busy machine. */
const shared: { server?: Promise<TestPostgres>; databases: Database[] } = { databases: [] };

beforeAll(async () => void (await (shared.server ??= startWithTemplate())), 60_000);
afterAll(async () => {
  await Promise.all(shared.databases.map((db) => db.destroy()));
  await (await shared.server)?.stop();
}, 60_000);

/** A fresh migrated database, closed and removed with its server when the test file has ended. */
export async function openTestDatabase(): Promise<TestDatabase> {
  shared.server ??= startWithTemplate();
  const server = await shared.server;
  const name = `test${shared.databases.length}`;
  const db = open(server, name);
  shared.databases.push(db);
  await inDatabase(server, "postgres", (admin) =>
    sql.raw(`create database ${name} template ${TEMPLATE}`).execute(admin),
  );
  return { db, address: server.address(name), server };
}

async function startWithTemplate(): Promise<TestPostgres> {
  const server = await startTestPostgres();
  await inDatabase(server, "postgres", (admin) => sql.raw(`create database ${TEMPLATE}`).execute(admin));
  await inDatabase(server, TEMPLATE, migrate);
  return server;
}

async function inDatabase(server: TestPostgres, name: string, work: (db: Database) => Promise<unknown>): Promise<void> {
  const db = open(server, name);
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

function open(server: TestPostgres, name: string): Database {
  return openDatabase(server.address(name), "gantry test", () => {});
}
