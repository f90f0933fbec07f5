import type { UserGroup } from "../../contract/accounts.ts";
import type { Handlers } from "../api/handlers.ts";
import { notFound, ProblemError } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import { objectRules, ruleName } from "./object-rule-handlers.ts";
import { nameTaken } from "./refused-rows.ts";

type Names = "GET /user-groups" | "POST /user-groups" | "PUT /user-groups/:id" | "DELETE /user-groups/:id";

export function userGroupHandlers(db: Database): Handlers<Names> {
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
  const group = async (id: number): Promise<UserGroup> => {
    const row = await groups().where("g.id", "=", id).executeTakeFirstOrThrow();
    return { ...row, members: row.members ?? 0 };
  };

  return {
    "GET /user-groups": async () => ({
      items: (await groups().execute()).map((row) => ({ ...row, members: row.members ?? 0 })),
    }),

    "POST /user-groups": async ({ body, caller }) => {
      const id = await db.transaction().execute(async (trx) => {
        const row = await trx
          .insertInto("user_group")
          .values(body)
          .returning("id")
          .executeTakeFirstOrThrow()
          .catch(nameTaken);
        const object = { kind: "user_group", id: row.id, name: body.name };
        await audit(trx, { actor: actorOf(caller), action: "user-group-created", object, data: { ...body } });
        return row.id;
      });
      return group(id);
    },

    "PUT /user-groups/:id": async ({ params: { id }, body, caller }) => {
      await db.transaction().execute(async (trx) => {
        const before = await locked(trx, id);
        await trx.updateTable("user_group").set(body).where("id", "=", id).execute().catch(nameTaken);
        const object = { kind: "user_group", id, name: body.name };
        const data = { before, after: { ...body } };
        await audit(trx, { actor: actorOf(caller), action: "user-group-changed", object, data });
      });
      return group(id);
    },

    "DELETE /user-groups/:id": async ({ params: { id }, caller }) => {
      await db.transaction().execute(async (trx) => {
        // Held, so that nothing can come to use it between the look and the deletion.
        const before = await locked(trx, id);
        const usedBy = await usersOf(trx, id);
        if (usedBy.length > 0)
          throw new ProblemError(
            409,
            "in-use",
            `This group is used by: ${usedBy.map(({ kind, name }) => `${kind.replaceAll("_", " ")} ${name}`).join(", ")}.`,
            { usedBy },
          );
        const members = await trx
          .selectFrom("user_group_member as m")
          .innerJoin("account as a", "a.id", "m.account")
          .select("a.name")
          .where("m.user_group", "=", id)
          .orderBy("a.name")
          .execute();
        await trx.deleteFrom("user_group").where("id", "=", id).execute();
        const object = { kind: "user_group", id, name: before.name };
        const data = { ...before, members: members.map(({ name }) => name) };
        await audit(trx, { actor: actorOf(caller), action: "user-group-deleted", object, data });
      });
      return undefined;
    },
  };
}

async function locked(trx: Database, id: number): Promise<{ name: string; description: string }> {
  const row = await trx
    .selectFrom("user_group")
    .select(["name", "description"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("user group");
  return row;
}

/** The orders that its members may submit, the flows, channels and methods that name it, and its object rules. */
async function usersOf(trx: Database, id: number): Promise<{ kind: string; id: number; name: string }[]> {
  const submitted = trx
    .selectFrom("work_order_submitter as s")
    .innerJoin("definition as d", "d.id", "s.work_order")
    .select(["d.id", "d.kind", "d.name"])
    .where("s.user_group", "=", id);
  const named = trx
    .selectFrom("definition_user_group as u")
    .innerJoin("definition as d", "d.id", "u.definition")
    .select(["d.id", "d.kind", "d.name"])
    .where("u.user_group", "=", id);
  const definitions = await submitted.union(named).orderBy("name").execute();
  const rules = await objectRules(trx, undefined, id);
  return [...definitions, ...rules.map((rule) => ({ kind: "object_rule", id: rule.id, name: ruleName(rule) }))];
}
