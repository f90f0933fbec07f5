import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callerOf } from "../accounts/caller.fixture.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { openExplained } from "../history/explained.fixture.ts";
import { fillPast, type Past } from "../history/past-requests.fixture.ts";
import { maySee } from "../requests/request-list.ts";
import type { Database } from "../store/database.ts";
import { openTestDatabase } from "../store/test-database.fixture.ts";
import { countInbox, inbox } from "./inbox.ts";

const PAST = 10_000;
/** Each second one asks the group of `asked`, the others a group that he is not in. */
const WAITING = 60;

let db: Database;
let past: Past;
let explained: ReturnType<typeof openExplained>;
let asked: SignedIn;
let nobody: SignedIn;

beforeAll(async () => {
  const opened = await openTestDatabase();
  db = opened.db;
  past = await fillPast(db, PAST);
  explained = openExplained(opened.address);
  const [askedId = 0, nobodyId = 0] = past.accounts.slice(-2);
  const [own, other] = [await group("own"), await group("other")];
  await db.insertInto("user_group_member").values({ user_group: own, account: askedId }).execute();
  const flow = await db
    .insertInto("definition")
    .values({ kind: "approval_flow", name: "flow", environment: null, category: null, data: "{}", author: "admin" })
    .returning("id")
    .executeTakeFirstOrThrow();
  // The last ones that have ended wait once more.
  const waiting = await db
    .updateTable("request")
    .set({ state: "waiting", approval_flow: flow.id, level: 1, ended_at: null })
    .where("id", ">", PAST - 20 - WAITING)
    .where("id", "<=", PAST - 20)
    .returning("id")
    .execute();
  await db
    .insertInto("request_level")
    .values(
      waiting.map(({ id }) => ({
        request: id,
        level: 1,
        name: "only",
        user_group: id % 2 === 0 ? own : other,
        group_name: "",
        quorum: 1,
      })),
    )
    .execute();
  await sql.raw("analyze").execute(db);
  asked = callerOf({ id: askedId, groups: [own] });
  nobody = callerOf({ id: nobodyId });
}, 120_000);

afterAll(() => explained?.db.destroy());

async function group(name: string): Promise<number> {
  return (await db.insertInto("user_group").values({ name }).returning("id").executeTakeFirstOrThrow()).id;
}

describe("the inbox among many past requests", () => {
  it("has what asks for one's vote, and nothing else, page by page", async () => {
    expect(await countInbox(db, asked)).toBe(WAITING / 2);
    expect(await countInbox(db, nobody)).toBe(0);
    const first = await inbox(db, asked, { limit: 20 });
    const second = await inbox(db, asked, { limit: 20, after: first.next ?? "" });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toHaveLength(WAITING / 2);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(second.next).toBeNull();
    expect((await inbox(db, nobody, { limit: 20 })).items).toEqual([]);
  });

  it.each([
    ["count", (caller: SignedIn) => countInbox(explained.db, caller)],
    ["page", (caller: SignedIn) => inbox(explained.db, caller, { limit: 50 })],
    ["one request", (caller: SignedIn) => maySee(explained.db, caller, PAST - 30)],
  ] as const)("reads no past requests for its %s", async (_name, read) => {
    for (const caller of [asked, nobody])
      for (const { sql: text, readWhole, pages } of await explained.explain(() => read(caller))) {
        expect(readWhole, text).not.toContain("request");
        expect(pages, text).toBeLessThan(3000);
      }
  });
});
