import type { ObjectRuleInput, ObjectRuleItem } from "../../contract/people.ts";
import type { Handlers } from "../api/handlers.ts";
import { invalid, notFound, type FieldProblem } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import { isUniqueViolation } from "../store/violations.ts";

type Names = "GET /object-rules" | "POST /object-rules" | "DELETE /object-rules/:id";

/** What the members of a user group may do in an environment, a category, or both. */
export function objectRuleHandlers(db: Database): Handlers<Names> {
  return {
    "GET /object-rules": async () => ({ items: await objectRules(db) }),

    "POST /object-rules": async ({ body, caller }) => {
      const rule = await db.transaction().execute(async (trx) => {
        await checkRule(trx, body);
        const { id } = await trx
          .insertInto("object_rule")
          .values({
            user_group: body.userGroup,
            permission: body.permission,
            environment: body.environment,
            category: body.category,
          })
          .returning("id")
          .executeTakeFirstOrThrow()
          .catch(ruleTaken);
        const [made] = await objectRules(trx, id);
        if (made === undefined) throw new Error("a rule that has just been made was not found");
        const object = { kind: "object_rule", id, name: ruleName(made) };
        await audit(trx, { actor: actorOf(caller), action: "rule-created", object, data: { ...body } });
        return made;
      });
      return rule;
    },

    "DELETE /object-rules/:id": async ({ params: { id }, caller }) => {
      await db.transaction().execute(async (trx) => {
        const [rule] = await objectRules(trx, id);
        if (rule === undefined) throw notFound("object rule");
        const gone = await trx.deleteFrom("object_rule").where("id", "=", id).returning("id").executeTakeFirst();
        if (gone === undefined) throw notFound("object rule");
        const object = { kind: "object_rule", id, name: ruleName(rule) };
        await audit(trx, { actor: actorOf(caller), action: "rule-deleted", object });
      });
      return undefined;
    },
  };
}

/** `approve in prod, DeployDocker for leads` */
export function ruleName({ userGroup, permission, environment, category }: ObjectRuleItem): string {
  const where = [environment?.name, category?.name].filter((name) => name !== undefined);
  return `${permission} in ${where.join(", ")} for ${userGroup.name}`;
}

/** All object rules, by group; those of one group, or one of them, where it is named. */
export async function objectRules(db: Database, id?: number, userGroup?: number): Promise<ObjectRuleItem[]> {
  let query = db
    .selectFrom("object_rule as r")
    .innerJoin("user_group as g", "g.id", "r.user_group")
    .leftJoin("definition as e", "e.id", "r.environment")
    .leftJoin("definition as c", "c.id", "r.category")
    .select(["r.id", "r.user_group", "g.name as group_name", "r.permission"])
    .select(["r.environment", "e.name as environment_name", "r.category", "c.name as category_name"])
    .orderBy("g.name")
    .orderBy("e.name")
    .orderBy("c.name")
    .orderBy("r.permission");
  if (id !== undefined) query = query.where("r.id", "=", id);
  if (userGroup !== undefined) query = query.where("r.user_group", "=", userGroup);
  return (await query.execute()).map((row) => ({
    id: row.id,
    userGroup: { id: row.user_group, name: row.group_name },
    permission: row.permission,
    environment: row.environment === null ? null : { id: row.environment, name: row.environment_name ?? "" },
    category: row.category === null ? null : { id: row.category, name: row.category_name ?? "" },
  }));
}

/** Throws every field that names what is not there. */
async function checkRule(trx: Database, { userGroup, environment, category }: ObjectRuleInput): Promise<void> {
  const problems: FieldProblem[] = [];
  if (environment === null && category === null)
    problems.push({
      field: "environment",
      rule: "required",
      message: "Name an environment, a category, or both. For everything, give a role the permission.",
    });
  const group = await trx.selectFrom("user_group").select("id").where("id", "=", userGroup).executeTakeFirst();
  if (group === undefined)
    problems.push({ field: "userGroup", rule: "unknown", message: `There is no user group ${userGroup}.` });
  for (const [kind, id] of [
    ["environment", environment],
    ["category", category],
  ] as const) {
    if (id === null) continue;
    const found = await trx
      .selectFrom("definition")
      .select("id")
      .where("kind", "=", kind)
      .where("id", "=", id)
      .where("deleted_at", "is", null)
      .executeTakeFirst();
    if (found === undefined) problems.push({ field: kind, rule: "unknown", message: `There is no ${kind} ${id}.` });
  }
  if (problems.length > 0) throw invalid(problems);
}

function ruleTaken(error: unknown): never {
  if (isUniqueViolation(error))
    throw invalid([{ field: "permission", rule: "taken", message: "There is this rule already." }]);
  throw error;
}
