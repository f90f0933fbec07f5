import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { BUILT_IN_ROLES } from "../../contract/states.ts";
import { callerOf } from "../accounts/caller.fixture.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import { listRequests } from "../requests/request-list.ts";
import type { Database } from "../store/database.ts";
import { openTestDatabase } from "../store/test-database.fixture.ts";
import { fillPast, type Past } from "./past-requests.fixture.ts";
import { visibilityOf } from "./visibility.ts";

let db: Database;
let past: Past;
beforeAll(async () => {
  ({ db } = await openTestDatabase());
  past = await fillPast(db, 3000);
  const flow = await db
    .insertInto("definition")
    .values({ kind: "approval_flow", name: "flow", environment: null, category: null, data: "{}", author: "admin" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await sql`update request set approval_flow = ${flow.id} where id % 3 = 0`.execute(db);
  await sql`insert into request_level (request, level, name, user_group, group_name, quorum)
    select id, 1, 'first', ${past.fewGroup}, 'few', 1 from request where id % 6 = 0`.execute(db);
  await sql`insert into user_group_member values (${past.fewGroup}, ${past.accounts[5]})`.execute(db);
  await sql`insert into object_rule (user_group, permission, environment, category)
    values (${past.partGroup}, 'approve', ${past.environments[2]}, null)`.execute(db);
  await sql`insert into user_group_member values (${past.partGroup}, ${past.accounts[6]})`.execute(db);
  await sql`insert into delegation (account, delegate, from_at, until_at)
    values (${past.accounts[5]}, ${past.accounts[7]}, now() - interval '1 hour', now() + interval '1 hour')`.execute(
    db,
  );
}, 120_000);

const person = (place: number): number => past.accounts[place] ?? 0;
const CALLERS: Readonly<Record<string, () => SignedIn>> = {
  "a person of no group": () => callerOf({ id: person(59) }),
  "a member of a group with orders": () => callerOf({ id: person(40), groups: [past.partGroup] }),
  "somebody who is asked to approve": () => callerOf({ id: person(5), groups: [past.fewGroup] }),
  "somebody whom a rule lets approve": () => callerOf({ id: person(6), groups: [past.partGroup] }),
  "a delegate": () => callerOf({ id: person(7) }),
  "somebody whom rules let see and submit": () =>
    callerOf({
      id: person(50),
      rules: [
        { permission: "see", environment: past.environments[1] ?? 0, category: null },
        { permission: "submit", environment: null, category: past.categories[3] ?? 0 },
      ],
    }),
  "somebody who may do nothing": () => callerOf({ id: person(51), permissions: [], everywhere: [] }),
  "an auditor": () =>
    callerOf({ id: person(52), permissions: BUILT_IN_ROLES.auditor, everywhere: BUILT_IN_ROLES.auditor }),
};

it.each(Object.keys(CALLERS))("lists exactly what may be seen: %s", async (who) => {
  const caller = CALLERS[who]?.() ?? callerOf({ id: 0 });
  const rows = await db.selectFrom("request").select("id").where(maySeeRequest(caller)).orderBy("id", "desc").execute();
  const expected = rows.map(({ id }) => id);
  const visibility = await visibilityOf(db, caller);
  const found = await sql<{ id: number }>`
    select id from request r where ${visibility?.condition("r") ?? sql`true`} order by id desc`.execute(db);
  expect(found.rows.map(({ id }) => id)).toEqual(expected);

  const listed: number[] = [];
  for (let after: string | undefined; ;) {
    const page = await listRequests(db, caller, { limit: 200, after });
    listed.push(...page.items.map(({ id }) => id));
    if (page.next === null) break;
    after = page.next;
  }
  expect(listed).toEqual(expected);
  const failed = rows.length === 0 ? [] : (await listRequests(db, caller, { limit: 200, state: "failed,lost" })).items;
  const plain = await sql<{ id: number }>`select id from request r where ${maySeeRequest(caller, "r")}
    and state in ('failed', 'lost') order by id desc limit 200`.execute(db);
  expect(failed.map(({ id }) => id)).toEqual(plain.rows.map(({ id }) => id));
});
