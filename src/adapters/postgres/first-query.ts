import { setTimeout as sleep } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { DATABASE_USER } from "./cluster.ts";
import { PORT } from "./private-folder.ts";

/** What `pg` needs to connect; complete, so that PGHOST, PGSSLMODE and their like in the environment have no say. */
export interface PostgresConnection {
  /** The folder of the socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly ssl: false;
}

export type FirstQuery =
  | { readonly answer: "version"; readonly version: string }
  /** Nobody answers yet, or the server is starting, recovering or stopping, or every connection is in use. */
  | { readonly answer: "later"; readonly detail: string }
  | { readonly answer: "never"; readonly detail: string };

/** Every cluster has it from the beginning; to make another one costs half a second at the first start. */
const DATABASE = "postgres";

/** Codes (PostgreSQL, appendix A) that pass by themselves: starting, stopping, all connections in use. */
const passing: ReadonlySet<string> = new Set(["57P03", "57P01", "53300"]);

export function connectionTo(socketFolder: string): PostgresConnection {
  return { host: socketFolder, port: PORT, user: DATABASE_USER, database: DATABASE, ssl: false };
}

/** Asks the server for its version; `patience` is in milliseconds. */
export async function askVersion(connection: PostgresConnection, patience: number): Promise<FirstQuery> {
  const client = new Client({ ...connection, connectionTimeoutMillis: patience, query_timeout: patience });
  // A connection that breaks says so by an event as well as by the query that fails.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const asked = await client.query<{ version: string }>("select current_setting('server_version') as version");
    return { answer: "version", version: asked.rows[0]?.version ?? "" };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const isRefusal = error instanceof DatabaseError && !passing.has(error.code ?? "");
    return { answer: isRefusal ? "never" : "later", detail };
  } finally {
    // A server that hangs does not answer the farewell either.
    await Promise.race([client.end().catch(() => undefined), sleep(500, undefined, { ref: false })]);
  }
}
