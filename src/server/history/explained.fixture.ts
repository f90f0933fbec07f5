import { type CompiledQuery, Kysely, PostgresDialect } from "kysely";
import { escapeLiteral, Pool } from "pg";
import { connectionOptions, type Database, type DatabaseAddress } from "../store/database.ts";
import { onConnect } from "../store/prepared-statements.ts";
import type { Schema } from "../store/schema.ts";

/** How PostgreSQL has carried out a statement. */
export interface Explained {
  readonly sql: string;
  readonly milliseconds: number;
  /** Pages of 8 KB that were looked at: how much work it was, however busy the machine is. */
  readonly pages: number;
  /** Tables that were read from one end to the other. */
  readonly readWhole: readonly string[];
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Shared Hit Blocks"?: number;
  readonly "Shared Read Blocks"?: number;
  readonly Plans?: readonly PlanNode[];
}

interface PlanRow {
  readonly "QUERY PLAN": readonly [{ readonly Plan: PlanNode; readonly "Execution Time": number }];
}

/** A database whose statements are written down, and explained afterwards. */
export function openExplained(address: DatabaseAddress): {
  readonly db: Database;
  /** Runs something, then says of each of its statements how it is carried out. */
  readonly explain: (run: () => Promise<unknown>) => Promise<Explained[]>;
} {
  const seen: CompiledQuery[] = [];
  const pool = new Pool({ ...connectionOptions(address, "explained"), max: 4 });
  // The server may be stopped before it.
  pool.on("error", () => undefined);
  const db: Database = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void seen.push(query),
  });
  return {
    db,
    explain: async (run) => {
      seen.length = 0;
      await run();
      const selects = seen.filter(({ sql }) => /^\s*(select|with)\b/i.test(sql));
      const explained: Explained[] = [];
      for (const { sql, parameters } of selects) {
        const rows = await planOf(pool, sql, parameters);
        const [plan] = rows[0]?.["QUERY PLAN"] ?? [];
        if (plan === undefined) throw new Error(`no plan for ${sql}`);
        explained.push({
          sql,
          milliseconds: plan["Execution Time"],
          pages: (plan.Plan["Shared Hit Blocks"] ?? 0) + (plan.Plan["Shared Read Blocks"] ?? 0),
          readWhole: nodesOf(plan.Plan).flatMap((node) =>
            node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : [],
          ),
        });
      }
      return explained;
    },
  };
}

/** The plan that a statement has on the console's connections, whatever its parameters are. */
async function planOf(pool: Pool, text: string, parameters: readonly unknown[]): Promise<PlanRow[]> {
  const client = await pool.connect();
  try {
    await onConnect(client);
    await client.query(`prepare explained as ${text}`);
    const values = parameters.length === 0 ? "" : `(${parameters.map(literalOf).join(", ")})`;
    const { rows } = await client.query<PlanRow>(`explain (analyze, buffers, format json) execute explained ${values}`);
    await client.query("deallocate explained");
    return rows;
  } finally {
    client.release();
  }
}

/** A parameter as a literal: EXECUTE takes no others. */
function literalOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return escapeLiteral(`{${value.map((item) => JSON.stringify(String(item))).join(",")}}`);
  return escapeLiteral(value instanceof Date ? value.toISOString() : `${value as string | number | boolean}`);
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
