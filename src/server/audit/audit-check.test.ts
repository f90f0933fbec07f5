import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AuditCheck } from "../../contract/audit.ts";
import type { Database } from "../store/database.ts";
import { openTestDatabase } from "../store/test-database.fixture.ts";
import { audit, CONSOLE_ACTOR } from "./audit.ts";
import { chainHash, checkAudit } from "./audit-check.ts";
import { exportAudit } from "./audit-export.ts";
import { listAudit } from "./audit-list.ts";

let db: Database;
beforeAll(async () => void ({ db } = await openTestDatabase()), 60_000);
/** As it is made. */
beforeEach(() =>
  byHand(
    "truncate audit_event",
    "delete from audit_head",
    "insert into audit_head (seq, hash) values (0, sha256(convert_to('gantry audit', 'UTF8')))",
  ),
);

/** Appends events with the numbers from one on, each in a transaction of its own. */
async function append(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await event(db, `order ${n}`);
}

function event(trx: Database, name: string): Promise<void> {
  return audit(trx, { actor: CONSOLE_ACTOR, action: "submitted", object: { kind: "request", id: 7, name } });
}

/** What an owner of the database can do: switch the triggers off, and change what he likes. */
async function byHand(...statements: readonly string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql.raw("set local session_replication_role = replica").execute(trx);
    for (const statement of statements) await sql.raw(statement).execute(trx);
  });
}

async function brokenBy(...statements: readonly string[]): Promise<AuditCheck["broken"]> {
  await append(6);
  await byHand(...statements);
  const { ok, broken } = await checkAudit(db, null);
  expect(ok).toBe(broken === null);
  return broken;
}

describe("a chain that nobody has touched", () => {
  it("is whole, and ends where the console has written last", async () => {
    await append(3);
    const head = await db.selectFrom("audit_head").selectAll().executeTakeFirstOrThrow();
    expect(await checkAudit(db, null)).toMatchObject({
      ok: true,
      checked: 3,
      head: { seq: 3, hash: head.hash.toString("hex") },
      broken: null,
    });
  });

  it("is whole while it is empty", async () => {
    const { ok, checked, head } = await checkAudit(db, null);
    expect([ok, checked, head.seq]).toEqual([true, 0, 0]);
    expect((await checkAudit(db, head)).ok).toBe(true);
  });

  it("is whole across batches", async () => {
    await db.transaction().execute(async (trx) => {
      for (let n = 0; n < 1100; n += 1) await event(trx, `order ${n}`);
    });
    expect(await checkAudit(db, null)).toMatchObject({ ok: true, checked: 1100 });
  });

  it("is whole after 50 transactions at once, some of them rolled back, and has no hole", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        db.transaction().execute(async (trx) => {
          await event(trx, `first of ${n}`);
          await event(trx, `second of ${n}`);
          if (n % 5 === 0) throw new Error("the change has failed");
        }),
      ),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(40);
    expect(await checkAudit(db, null)).toMatchObject({ ok: true, checked: 80, broken: null });
  });
});

describe("the application", () => {
  it.each(["update audit_event set actor = 'somebody'", "delete from audit_event", "truncate audit_event"])(
    "cannot: %s",
    async (statement) => {
      await append(2);
      await expect(sql.raw(statement).execute(db)).rejects.toThrow("the audit can only be appended to");
      expect((await checkAudit(db, null)).checked).toBe(2);
    },
  );
});

describe("a chain that was changed by hand is found out:", () => {
  it("a changed event", async () => {
    const broken = await brokenBy("update audit_event set body = replace(body, 'order 3', 'order 9') where seq = 3");
    expect(broken).toMatchObject({ seq: 3, what: "changed" });
  });

  it("a changed event with its hash made anew", async () => {
    const broken = await brokenBy(
      "update audit_event set body = replace(body, 'order 3', 'order 9') where seq = 3",
      `update audit_event set hash = sha256(previous || convert_to(seq || E'\\n' || body, 'UTF8')) where seq = 3`,
    );
    expect(broken).toMatchObject({ seq: 3, what: "columns" });
  });

  it.each(["actor = 'li'", "action = 'revoked'", "object_id = '8'", "at = at - interval '1 day'", "search = ''"])(
    "a column that lists are filtered by: %s",
    async (change) => {
      const broken = await brokenBy(`update audit_event set ${change} where seq = 4`);
      expect(broken).toMatchObject({ seq: 4, what: "columns" });
    },
  );

  it("a hash that was made anew with all columns", async () => {
    const broken = await brokenBy(
      "update audit_event set body = replace(body, 'order 3', 'order 9'), object_name = 'order 9' where seq = 3",
      `update audit_event set hash = sha256(previous || convert_to(seq || E'\\n' || body, 'UTF8')),
        search = audit_text(actor, object_name, body) where seq = 3`,
    );
    expect(broken).toMatchObject({ seq: 4, what: "relinked" });
  });

  it("an event taken out of the middle", async () => {
    expect(await brokenBy("delete from audit_event where seq = 3")).toMatchObject({ seq: 3, what: "missing" });
  });

  it("an event taken out, and the later ones numbered anew", async () => {
    const broken = await brokenBy(
      "delete from audit_event where seq = 3",
      "update audit_event set seq = seq - 1 where seq = 4",
      "update audit_event set seq = seq - 1 where seq = 5",
      "update audit_event set seq = seq - 1 where seq = 6",
      "update audit_head set seq = 5",
    );
    expect(broken).toMatchObject({ seq: 3, what: "relinked" });
  });

  it("the last events taken out", async () => {
    expect(await brokenBy("delete from audit_event where seq > 4")).toMatchObject({ seq: 5, what: "end" });
  });

  it("an event put in beside the chain", async () => {
    const broken = await brokenBy(
      `insert into audit_event (at, actor, action, object_kind, object_id, object_name, body)
        select at, actor, action, object_kind, object_id, object_name, body from audit_event where seq = 2`,
    );
    expect(broken).toMatchObject({ seq: 7, what: "unnumbered" });
  });

  it("an event put in at the end", async () => {
    const broken = await brokenBy(
      `insert into audit_event (seq, at, actor, action, object_kind, object_id, object_name, body, previous, hash, search)
        select 7, at, actor, action, object_kind, object_id, object_name, body, hash,
          sha256(hash || convert_to(7 || E'\\n' || body, 'UTF8')), search from audit_event where seq = 6`,
    );
    expect(broken).toMatchObject({ seq: 8, what: "end" });
  });

  it("two events that have changed places", async () => {
    const broken = await brokenBy(
      "update audit_event set seq = 100 where seq = 2",
      "update audit_event set seq = 2 where seq = 3",
      "update audit_event set seq = 3 where seq = 100",
    );
    expect(broken).toMatchObject({ seq: 2, what: "relinked" });
  });

  it("the record of the end taken out", async () => {
    expect(await brokenBy("delete from audit_head")).toMatchObject({ seq: 7, what: "end" });
  });
});

describe("an end that somebody has written down", () => {
  it("finds an end that was cut off together with the record of it", async () => {
    await append(6);
    const { head } = await checkAudit(db, null);
    await byHand(
      "delete from audit_event where seq > 4",
      "update audit_head set (seq, hash) = (select seq, hash from audit_event where seq = 4)",
    );
    expect((await checkAudit(db, null)).ok).toBe(true);
    expect((await checkAudit(db, head)).broken).toMatchObject({ seq: 6, what: "expected" });
  });

  it("finds a chain that was made anew as a whole", async () => {
    await append(6);
    const { head } = await checkAudit(db, null);
    await byHand(
      `update audit_event set body = replace(body, 'order 1', 'order 9'), object_name = 'order 9' where seq = 1`,
      `do $$ declare e record; last bytea := sha256(convert_to('gantry audit', 'UTF8')); begin
        for e in select * from audit_event order by seq loop
          update audit_event set previous = last, search = audit_text(actor, object_name, body),
            hash = sha256(last || convert_to(seq || E'\\n' || body, 'UTF8')) where seq = e.seq returning hash into last;
        end loop;
        update audit_head set hash = last;
      end $$`,
    );
    expect((await checkAudit(db, null)).ok).toBe(true);
    expect((await checkAudit(db, head)).broken).toMatchObject({ seq: 6, what: "expected" });
  });

  it("still holds when events have followed", async () => {
    await append(3);
    const { head } = await checkAudit(db, null);
    await append(2);
    expect(await checkAudit(db, head)).toMatchObject({ ok: true, checked: 5 });
  });
});

it("is exported so that anybody can check it by the documented formula", async () => {
  await append(3);
  let text = "";
  for await (const part of exportAudit(db)) text += part;
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { seq: number; previous: string; hash: string; body: string });
  expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  for (const { seq, previous, hash, body } of lines)
    expect(chainHash(Buffer.from(previous, "hex"), seq, body).toString("hex")).toBe(hash);
  expect(lines.slice(1).map(({ previous }) => previous)).toEqual(lines.slice(0, -1).map(({ hash }) => hash));
});

describe("the list", () => {
  it("is filtered by everything, and paged by number", async () => {
    await append(3);
    await audit(db, {
      actor: { id: 1, name: "Wang", via: "session", address: "10.0.0.7" },
      action: "revoked",
      object: { kind: "work_order", id: 8, name: "deploy" },
      data: { reason: "修复支付网关" },
    });
    const seqs = async (query: Omit<Parameters<typeof listAudit>[1], "limit">) =>
      (await listAudit(db, { ...query, limit: 50 })).items.map(({ seq }) => seq);
    expect(await seqs({})).toEqual([4, 3, 2, 1]);
    expect(await seqs({ actor: "wang" })).toEqual([4]);
    expect(await seqs({ actor: "wang,console", action: "submitted" })).toEqual([3, 2, 1]);
    expect(await seqs({ kind: "work_order", id: "8" })).toEqual([4]);
    expect(await seqs({ text: "网关" })).toEqual([4]);
    expect(await seqs({ text: "ORDER 2" })).toEqual([2]);
    expect(await seqs({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
    expect(await seqs({ to: new Date(Date.now() + 60_000).toISOString(), text: "order" })).toEqual([3, 2, 1]);
    const page = await listAudit(db, { limit: 2 });
    expect([page.items.map(({ seq }) => seq), page.next]).toEqual([[4, 3], "3"]);
    expect(await listAudit(db, { limit: 2, after: "3" })).toMatchObject({
      items: [{ seq: 2 }, { seq: 1 }],
      next: null,
    });
    await expect(listAudit(db, { action: "flown", limit: 2 })).rejects.toThrow("There is no action flown");
  });
});
