import { sql } from "kysely";
import { Client, type ClientBase, type QueryResult } from "pg";

/**
 * Statements that one process has prepared on its connections at most. Each keeps some tens of kilobytes in each
 * connection's server process.
 */
const MOST_PREPARED = 150;
/** A text that comes less often than this is not worth it: lists with odd filters, ids spelled out. */
const OFTEN = 3;
/** Texts whose occurrences are counted; then counting begins anew. */
const MOST_COUNTED = 5000;

const NOT_KEPT = "/* planned for these values */";
/** SQL: the statement has literals, and is planned for them each time. */
export const PLANNED_FOR_VALUES = sql.raw(NOT_KEPT);

/** PostgreSQL's error where a table of a prepared statement has other columns now. */
const FEATURE_NOT_SUPPORTED = "0A000";

let counts = new Map<string, number>();
let names = new Map<string, string>();
let named = 0;

/**
 * Prepares a new connection. Each statement is planned once, whatever its parameters are
 * (https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-PLAN-CACHE-MODE): what is best for which
 * parameters is for the code to say, as matching-requests.ts does. Times come in UTC.
 */
export async function onConnect(client: ClientBase): Promise<void> {
  await client.query("set plan_cache_mode = force_generic_plan; set timezone = 'UTC'");
}

/**
 * A connection that has the server keep the statements that come often, parsed and planned
 * (https://www.postgresql.org/docs/current/sql-prepare.html): for what the console reads, planning takes several times
 * as long as the rest. All queries give the same answers as those of `pg`'s own client.
 */
export class PreparingClient extends Client {
  // The overloads of `pg` are not repeated here: only a text with parameters is treated otherwise.
  override query = ((first: unknown, ...others: unknown[]) => {
    const send = super.query.bind(this) as (...args: unknown[]) => Promise<QueryResult>;
    const [values, callback] = others;
    if (typeof first !== "string" || !Array.isArray(values) || callback !== undefined) return send(first, ...others);
    const name = nameOf(first);
    if (name === undefined) return send(first, values);
    return send({ name, text: first, values }).catch((error: unknown) => {
      if (!(error instanceof Error) || !("code" in error) || error.code !== FEATURE_NOT_SUPPORTED) throw error;
      forgetNames();
      // Where a transaction is open, the error has ended it.
      if (this.getTransactionStatus() !== "I") throw error;
      return send(first, values);
    });
  }) as Client["query"];
}

function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= MOST_PREPARED || text.includes(NOT_KEPT)) return name;
  const count = (counts.get(text) ?? 0) + 1;
  if (count < OFTEN) {
    if (counts.size >= MOST_COUNTED) counts = new Map();
    counts.set(text, count);
    return undefined;
  }
  counts.delete(text);
  named += 1;
  names.set(text, `gantry_${named}`);
  return names.get(text);
}

/** Prepares everything anew, under other names. */
function forgetNames(): void {
  names = new Map();
}
