import { sql } from "kysely";
import type { AccountInput } from "../../contract/accounts.ts";
import type { Handlers } from "../api/handlers.ts";
import { invalid, notFound, ProblemError } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";
import { isForeignKeyViolation, isUniqueViolation } from "../store/violations.ts";
import { hashPassword } from "./password-hash.ts";
import { forgetFailures } from "./sign-in-failures.ts";
import type { Sessions } from "./sessions.ts";

type Names =
  | "GET /accounts"
  | "POST /accounts"
  | "PUT /accounts/:id"
  | "GET /user-groups"
  | "POST /user-groups"
  | "PUT /user-groups/:id"
  | "DELETE /user-groups/:id";

export function accountHandlers(db: Database, sessions: Sessions): Handlers<Names> {
  const accounts = () =>
    db
      .selectFrom("account")
      .select(["id", "version", "name", "display_name", "email", "role", "active", "last_sign_in"])
      .select(
        sql<boolean>`exists (select from totp where totp.account = account.id and confirmed_at is not null)`.as("totp"),
      )
      .select(sql<string | null>`(select d.name from definition d where d.id = account.method)`.as("method"))
      .select((eb) =>
        eb
          .selectFrom("user_group_member as m")
          .whereRef("m.account", "=", "account.id")
          .select(sql<number[]>`coalesce(array_agg(m.user_group order by m.user_group), '{}')`.as("groups"))
          .as("groups"),
      )
      .orderBy("name");
  const shown = (row: Awaited<ReturnType<ReturnType<typeof accounts>["executeTakeFirstOrThrow"]>>) => ({
    id: row.id,
    name: row.name,
    version: row.version,
    displayName: row.display_name,
    email: row.email,
    role: row.role,
    active: row.active,
    groups: row.groups ?? [],
    totp: row.totp,
    method: row.method,
    lastSignIn: row.last_sign_in?.toISOString() ?? null,
  });
  const account = async (id: number) => shown(await accounts().where("id", "=", id).executeTakeFirstOrThrow());

  const groups = () =>
    db
      .selectFrom("user_group as g")
      .select(["g.id", "g.name", "g.description"])
      .select((eb) =>
        eb
          .selectFrom("user_group_member as m")
          .whereRef("m.user_group", "=", "g.id")
          .select((count) => count.fn.countAll<number>().as("n"))
          .as("members"),
      )
      .orderBy("g.name");
  const group = async (id: number) => {
    const row = await groups().where("g.id", "=", id).executeTakeFirstOrThrow();
    return { ...row, members: row.members ?? 0 };
  };

  return {
    "GET /accounts": async () => ({ items: (await accounts().execute()).map(shown) }),
    "POST /accounts": async ({ body }) => {
      if (body.password.length < 10) throw invalid([PASSWORD]);
      const id = await db.transaction().execute(async (trx) => {
        const row = await trx
          .insertInto("account")
          .values({ ...columnsOf(body), password_hash: await hashPassword(body.password), must_change_password: true })
          .returning("id")
          .executeTakeFirstOrThrow()
          .catch(nameTaken)
          .catch(unknownRole);
        await putInGroups(trx, row.id, body.groups);
        return row.id;
      });
      return account(id);
    },
    "PUT /accounts/:id": async ({ params: { id }, body, caller }) => {
      if (body.password !== "" && body.password.length < 10) throw invalid([PASSWORD]);
      if (id === caller.id && (!body.active || body.role !== caller.role))
        throw new ProblemError(409, "own-account", "You cannot lock yourself out: ask another administrator.");
      await db.transaction().execute(async (trx) => {
        const password =
          body.password === ""
            ? {}
            : { password_hash: await hashPassword(body.password), must_change_password: id !== caller.id };
        const row = await trx
          .updateTable("account")
          .set({ ...columnsOf(body), ...password })
          .where("id", "=", id)
          .returning("id")
          .executeTakeFirst()
          .catch(nameTaken)
          .catch(unknownRole);
        if (row === undefined) throw notFound("account");
        await forgetFailures(trx, body.name);
        await putInGroups(trx, id, body.groups);
      });
      if (!body.active || body.password !== "") await sessions.endOthers(id, undefined);
      return account(id);
    },

    "GET /user-groups": async () => ({
      items: (await groups().execute()).map((row) => ({ ...row, members: row.members ?? 0 })),
    }),
    "POST /user-groups": async ({ body }) => {
      const { id } = await db
        .insertInto("user_group")
        .values(body)
        .returning("id")
        .executeTakeFirstOrThrow()
        .catch(nameTaken);
      return group(id);
    },
    "PUT /user-groups/:id": async ({ params: { id }, body }) => {
      const row = await db
        .updateTable("user_group")
        .set(body)
        .where("id", "=", id)
        .returning("id")
        .executeTakeFirst()
        .catch(nameTaken);
      if (row === undefined) throw notFound("user group");
      return group(id);
    },
    "DELETE /user-groups/:id": async ({ params: { id } }) => {
      const orders = await db
        .selectFrom("work_order_submitter as s")
        .innerJoin("definition as d", "d.id", "s.work_order")
        .select(["d.id", "d.kind", "d.name"])
        .where("s.user_group", "=", id)
        .execute();
      if (orders.length > 0)
        throw new ProblemError(
          409,
          "in-use",
          `These orders may be submitted by this group: ${orders.map(({ name }) => name).join(", ")}.`,
          {
            usedBy: orders,
          },
        );
      const row = await db.deleteFrom("user_group").where("id", "=", id).returning("id").executeTakeFirst();
      if (row === undefined) throw notFound("user group");
      return undefined;
    },
  };
}

const PASSWORD = {
  field: "password",
  rule: "too-short",
  message: "Give a password of at least 10 characters.",
  limit: 10,
};

function columnsOf({ name, displayName, email, role, active }: AccountInput) {
  return { name, display_name: displayName, email, role, active };
}

function unknownRole(error: unknown): never {
  if (isForeignKeyViolation(error))
    throw invalid([{ field: "role", rule: "unknown", message: "There is no such role." }]);
  throw error;
}

function nameTaken(error: unknown): never {
  if (isUniqueViolation(error))
    throw invalid([{ field: "name", rule: "taken", message: "There is one with this name already." }]);
  throw error;
}

async function putInGroups(db: Database, account: number, groups: readonly number[]): Promise<void> {
  await db.deleteFrom("user_group_member").where("account", "=", account).execute();
  const known = await db.selectFrom("user_group").select("id").execute();
  const missing = groups.find((id) => !known.some((group) => group.id === id));
  if (missing !== undefined)
    throw invalid([{ field: "groups", rule: "unknown", message: `There is no user group ${missing}.` }]);
  if (groups.length > 0)
    await db
      .insertInto("user_group_member")
      .values([...new Set(groups)].map((user_group) => ({ user_group, account })))
      .execute();
}
