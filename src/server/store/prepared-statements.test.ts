import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { isoOf, type Database } from "./database.ts";
import { PLANNED_FOR_VALUES } from "./prepared-statements.ts";
import { openTestDatabase } from "./test-database.fixture.ts";

let db: Database;
beforeAll(async () => void ({ db } = await openTestDatabase()), 60_000);

/** Texts of the statements that the server keeps on the connection of this transaction. */
async function kept(trx: Database): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(trx);
  return rows.map(({ statement }) => statement);
}

async function often(trx: Database, run: (trx: Database, n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < 6; n += 1) await run(trx, n);
}

it("keeps statements that come often, whatever their parameters are, and planned once", async () => {
  await db.transaction().execute(async (trx) => {
    const answers: number[] = [];
    await often(trx, async (on, n) => {
      const { rows } = await sql<{ twice: number }>`select 2 * ${n}::int as twice`.execute(on);
      answers.push(rows[0]?.twice ?? -1);
    });
    expect(answers).toEqual([0, 2, 4, 6, 8, 10]);
    expect(await kept(trx)).toContain("select 2 * $1::int as twice");
    const { rows } = await sql<{ generic: string; custom: string }>`
      select generic_plans as generic, custom_plans as custom from pg_prepared_statements
      where statement like 'select 2 *%'`.execute(trx);
    expect(rows[0]).toMatchObject({ custom: 0 });
    expect(Number(rows[0]?.generic)).toBeGreaterThan(2);
  });
});

it("goes on when a table of a kept statement gets another column, as where a newer server has migrated", async () => {
  await sql.raw("create table changing (id int); insert into changing values (7)").execute(db);
  const read = (on: Database): Promise<unknown[]> =>
    sql`select * from changing where id = ${7}`.execute(on).then(({ rows }) => rows);
  await often(db, read);
  await sql.raw("alter table changing add more int default 8").execute(db);
  expect(await read(db)).toEqual([{ id: 7, more: 8 }]);
  await often(db, read);
  await sql.raw("alter table changing add last int default 9").execute(db);
  await expect(db.transaction().execute(read)).rejects.toThrow("cached plan");
  expect(await db.transaction().execute(read)).toEqual([{ id: 7, more: 8, last: 9 }]);
});

it("errors are PostgreSQL's own", async () => {
  const divide = (by: number) => sql`select 1 / ${by}::int`.execute(db);
  await often(db, () => divide(1));
  await expect(divide(0)).rejects.toMatchObject({ code: "22012" });
});

it.each(["2026-11-25 18:26:00.123456+00", "2026-11-25 18:26:00+00", "2026-11-25 18:26:00.5+00"])(
  "reads %s as dates do",
  async (text) => {
    const { rows } = await sql<{ at: Date; text: string }>`
      select ${text}::timestamptz as at, ${text}::timestamptz::text as text`.execute(db);
    expect(isoOf(rows[0]?.text ?? "")).toBe(rows[0]?.at.toISOString());
  },
);

it("times keep their moment in whatever form they come", async () => {
  const { rows } = await sql<{ early: Date; late: number }>`
    select '0044-03-15 12:00:00 BC'::timestamptz as early, 'infinity'::timestamptz as late`.execute(db);
  expect(rows[0]?.early.toISOString()).toBe("-000043-03-15T12:00:00.000Z");
  expect(rows[0]?.late).toBe(Infinity);
});

// Last: it takes all of the places that a process has.
it("does not keep what is planned for its values, nor more than a bounded number", async () => {
  await db.transaction().execute(async (trx) => {
    const before = await kept(trx);
    await often(trx, (on) => sql`select ${sql.lit("few")} ${PLANNED_FOR_VALUES}, ${1}::int`.execute(on));
    for (let n = 0; n < 200; n += 1) await often(trx, (on) => sql`select ${1}::int + ${sql.lit(n)}`.execute(on));
    const statements = (await kept(trx)).slice(before.length);
    expect(statements.filter((text) => text.includes("few"))).toEqual([]);
    expect(statements.length).toBeLessThanOrEqual(150);
    expect(statements.length).toBeGreaterThan(100);
  });
});
