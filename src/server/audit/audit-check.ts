import { createHash } from "node:crypto";
import { sql } from "kysely";
import { AuditBody, type AuditCheck, type AuditMark } from "../../contract/audit.ts";
import type { Database } from "../store/database.ts";

/** Events that are read at once, so that a chain of any length is checked in little memory. */
const BATCH = 1000;

/** What the first event follows; docs/decisions/0021-audit-chain.md has the formula. */
const BEGINNING = createHash("sha256").update("gantry audit").digest();

interface Row {
  readonly seq: number;
  readonly body: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly object_kind: string;
  readonly object_id: string;
  readonly object_name: string;
  readonly previous: Buffer | null;
  readonly hash: Buffer | null;
  /** What is searched for it is what the event says. */
  readonly searched: boolean;
}

type Broken = NonNullable<AuditCheck["broken"]>;

interface Link {
  readonly seq: number;
  readonly hash: Buffer;
}

/** Hash of an event: over the hash before, its number, a line feed and its JSON text. */
export function chainHash(previous: Buffer, seq: number, body: string): Buffer {
  return createHash("sha256").update(previous).update(`${seq}\n${body}`).digest();
}

/**
 * Walks the chain from its beginning as it is at this moment, and says where it is broken first. `expected` is an end
 * that somebody has written down: it finds a chain that was cut off or made anew as a whole.
 */
export function checkAudit(db: Database, expected: AuditMark | null): Promise<AuditCheck> {
  const began = performance.now();
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (trx) => {
      const kept = await trx.selectFrom("audit_head").selectAll().executeTakeFirst();
      let last: Link = { seq: 0, hash: BEGINNING };
      let broken: Broken | undefined;
      let mark = expected === null || expected.seq > 0 ? undefined : BEGINNING.toString("hex");
      for (;;) {
        const rows = await batchAfter(trx, last.seq);
        for (const row of rows) {
          broken = brokenAt(row, last);
          if (broken !== undefined) break;
          last = { seq: row.seq, hash: row.hash ?? last.hash };
          if (row.seq === expected?.seq) mark = last.hash.toString("hex");
        }
        if (broken !== undefined || rows.length < BATCH) break;
      }
      broken ??= await brokenEnd(trx, last, kept);
      if (broken === undefined && expected !== null && mark !== expected.hash)
        broken = unexpected(expected, mark, last);
      return {
        ok: broken === undefined,
        checked: last.seq,
        head: { seq: last.seq, hash: last.hash.toString("hex") },
        broken: broken ?? null,
        milliseconds: Math.round(performance.now() - began),
      };
    });
}

async function batchAfter(trx: Database, seq: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select seq, body, at, actor, action, object_kind, object_id, object_name, previous, hash,
      search is not distinct from audit_text(actor, object_name, body) as searched
    from audit_event where seq > ${seq} order by seq limit ${BATCH}`.execute(trx);
  return rows;
}

/** What is wrong with an event that should follow the last one. */
function brokenAt(row: Row, last: Link): Broken | undefined {
  const { seq } = row;
  if (seq !== last.seq + 1) {
    const missing = seq === last.seq + 2 ? `${last.seq + 1}` : `${last.seq + 1} to ${seq - 1}`;
    return { seq: last.seq + 1, what: "missing", detail: `No event has the number ${missing}: it was removed.` };
  }
  if (row.previous?.equals(last.hash) !== true)
    return { seq, what: "relinked", detail: `Event ${seq} does not follow event ${last.seq} as that is now.` };
  if (row.hash?.equals(chainHash(last.hash, seq, row.body)) !== true)
    return { seq, what: "changed", detail: `Event ${seq} is not what its hash was made from.` };
  const column = differingColumn(row);
  if (column !== undefined)
    return { seq, what: "columns", detail: `Lists show another ${column} of event ${seq} than the event has.` };
  return undefined;
}

function differingColumn(row: Row): string | undefined {
  const parsed = AuditBody.safeParse(parseJson(row.body));
  if (!parsed.success) return "content";
  const { at, actor, action, object } = parsed.data;
  const pairs = {
    time: [row.at.toISOString(), at],
    actor: [row.actor, actor.name],
    action: [row.action, action],
    "kind of object": [row.object_kind, object.kind],
    "id of the object": [row.object_id, object.id],
    "name of the object": [row.object_name, object.name],
    "text to search": [row.searched, true],
  } as const;
  return Object.entries(pairs).find(([, [shown, written]]) => shown !== written)?.[0];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The chain is in order as far as it goes: does it go as far as the console has written, and is nothing beside it? */
async function brokenEnd(
  trx: Database,
  last: Link,
  kept: { readonly seq: number; readonly hash: Buffer } | undefined,
): Promise<Broken | undefined> {
  if (kept === undefined || kept.seq !== last.seq || !kept.hash.equals(last.hash))
    return {
      seq: last.seq + 1,
      what: "end",
      detail:
        kept === undefined
          ? "The record of where the chain ends is gone."
          : `The chain ends with event ${last.seq}, but the console has written as far as ${kept.seq}.`,
    };
  const { rows } = await sql<{ id: number; object_name: string }>`
    select id, object_name from audit_event where seq is null limit 1`.execute(trx);
  const [row] = rows;
  return row === undefined
    ? undefined
    : {
        seq: last.seq + 1,
        what: "unnumbered",
        detail: `A row (id ${row.id}) is there that is not part of the chain: it was put in by hand.`,
      };
}

function unexpected(expected: AuditMark, found: string | undefined, last: Link): Broken {
  return {
    seq: expected.seq,
    what: "expected",
    detail:
      found === undefined
        ? `The chain ends with event ${last.seq}; event ${expected.seq}, which was written down, is not there any more.`
        : `Event ${expected.seq} has another hash than was written down: the chain was made anew.`,
  };
}
