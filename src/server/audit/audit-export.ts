import { sql } from "kysely";
import type { Database } from "../store/database.ts";

const BATCH = 1000;

interface Row {
  readonly seq: number;
  readonly previous: Buffer;
  readonly hash: Buffer;
  readonly body: string;
}

/**
 * All events up to the end of the chain at this moment, oldest first, as lines of JSON. `body` is the text that went
 * into the hash, character by character, so that anybody can compute it again (docs/decisions/0021-audit-chain.md).
 */
export async function* exportAudit(db: Database): AsyncGenerator<string> {
  const { seq: end } = await db.selectFrom("audit_head").select("seq").executeTakeFirstOrThrow();
  for (let last = 0; last < end;) {
    const { rows } = await sql<Row>`
      select seq, previous, hash, body from audit_event where seq > ${last} and seq <= ${end}
      order by seq limit ${BATCH}`.execute(db);
    if (rows.length === 0) return;
    yield rows.map(lineOf).join("");
    last = rows.at(-1)?.seq ?? end;
  }
}

function lineOf({ seq, previous, hash, body }: Row): string {
  return `${JSON.stringify({ seq, previous: previous.toString("hex"), hash: hash.toString("hex"), body })}\n`;
}
