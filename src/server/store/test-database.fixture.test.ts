import { expect, test } from "vitest";
import { databaseFacts } from "./database.ts";
import { openTestDatabase } from "./test-database.fixture.ts";

test("each test has a migrated database to itself", async () => {
  const [one, other] = [await openTestDatabase(), await openTestDatabase()];
  const group = { name: "operators" };
  await one.db.insertInto("user_group").values(group).execute();
  expect(await other.db.selectFrom("user_group").selectAll().execute()).toEqual([]);
  expect(await one.db.selectFrom("user_group").select("name").execute()).toEqual([group]);
});

test.each(["fast", "crash"] as const)("a database outlasts a restart of its server (%s)", async (how) => {
  const { db, server } = await openTestDatabase();
  await db.insertInto("user_group").values({ name: "operators" }).execute();
  await server.restart(how);
  expect((await databaseFacts(db)).bytes).toBeGreaterThan(0);
  expect(await db.selectFrom("user_group").select("name").execute()).toEqual([{ name: "operators" }]);
});
