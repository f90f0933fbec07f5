import { sql } from "kysely";
import type { Role, RoleInput } from "../../contract/people.ts";
import { PERMISSIONS, type Permission } from "../../contract/states.ts";
import type { Handlers } from "../api/handlers.ts";
import { invalid, notFound, ProblemError, type FieldProblem } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import { isForeignKeyViolation } from "../store/violations.ts";
import { keepAnAdministrator, oneAtATime } from "./last-administrator.ts";
import { nameTaken } from "./refused-rows.ts";

type Names = "GET /roles" | "POST /roles" | "PUT /roles/:name" | "DELETE /roles/:name";

/** Users of a role or group that a refusal names. */
const NAMED = 50;

export function roleHandlers(db: Database): Handlers<Names> {
  const roles = (from: Database) =>
    from
      .selectFrom("role")
      .select(["name", "version", "description", "permissions", "require_totp", "built_in"])
      .select(sql<number>`(select count(*) from account where account.role = role.name)`.as("accounts"))
      .orderBy("built_in", "desc")
      .orderBy("name");
  const role = async (name: string): Promise<Role> =>
    shown(await roles(db).where("name", "=", name).executeTakeFirstOrThrow());

  return {
    "GET /roles": async () => ({ items: (await roles(db).execute()).map(shown) }),

    "POST /roles": async ({ body, caller }) => {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto("role").values(columnsOf(body)).execute().catch(nameTaken);
        const object = { kind: "role", id: body.name, name: body.name };
        await audit(trx, { actor: actorOf(caller), action: "role-created", object, data: partsOf(columnsOf(body)) });
      });
      return role(body.name);
    },

    "PUT /roles/:name": async ({ params, body, caller }) => {
      await db.transaction().execute(async (trx) => {
        await oneAtATime(trx);
        const before = await roles(trx).where("name", "=", params.name).forUpdate().executeTakeFirst();
        if (before === undefined) throw notFound("role");
        if (before.version !== body.version)
          throw new ProblemError(
            409,
            "changed",
            `The role has been changed meanwhile: it is at version ${before.version}, and you have edited version ${body.version}.`,
            { currentVersion: before.version },
          );
        const fixed = fixedFields(before, body);
        if (fixed.length > 0) throw invalid(fixed);
        if (body.name !== before.name) refuseUsed(await methodsWith(trx, before.name));
        const after = columnsOf(body);
        await trx
          .updateTable("role")
          .set({ ...after, version: before.version + 1 })
          .where("name", "=", before.name)
          .execute()
          .catch(nameTaken);
        await keepAnAdministrator(trx);
        const object = { kind: "role", id: body.name, name: body.name };
        const data = { before: partsOf(before), after: partsOf(after) };
        await audit(trx, { actor: actorOf(caller), action: "role-changed", object, data });
      });
      return role(body.name);
    },

    "DELETE /roles/:name": async ({ params: { name }, caller }) => {
      await db.transaction().execute(async (trx) => {
        const before = await roles(trx).where("name", "=", name).forUpdate().executeTakeFirst();
        if (before === undefined) throw notFound("role");
        if (before.built_in)
          throw new ProblemError(409, "built-in", `The role "${name}" is always there and cannot be deleted.`);
        const accounts = await trx
          .selectFrom("account")
          .select(["id", "name"])
          .where("role", "=", name)
          .orderBy("name")
          .limit(NAMED)
          .execute();
        refuseUsed([...accounts.map((each) => ({ kind: "account", ...each })), ...(await methodsWith(trx, name))]);
        await trx
          .deleteFrom("role")
          .where("name", "=", name)
          .execute()
          .catch((error: unknown) => {
            if (isForeignKeyViolation(error))
              throw new ProblemError(409, "in-use", "Somebody has just been given this role.");
            throw error;
          });
        const object = { kind: "role", id: name, name };
        await audit(trx, { actor: actorOf(caller), action: "role-deleted", object, data: partsOf(before) });
      });
      return undefined;
    },
  };
}

interface RoleColumns {
  readonly name: string;
  readonly description: string;
  readonly permissions: Permission[];
  readonly require_totp: boolean;
}
interface RoleRow extends RoleColumns {
  readonly version: number;
  readonly built_in: boolean;
  readonly accounts: number;
}

function shown({ require_totp, built_in, ...row }: RoleRow): Role {
  return { ...row, requireTotp: require_totp, builtIn: built_in };
}

/** The permissions in the order of PERMISSIONS, each once. */
function columnsOf({ name, description, permissions, requireTotp }: RoleInput): RoleColumns {
  const kept = PERMISSIONS.filter((permission) => permissions.includes(permission));
  return { name, description, permissions: kept, require_totp: requireTotp };
}

/** As the audit keeps it. */
function partsOf({ name, description, permissions, require_totp }: RoleColumns): Record<string, unknown> {
  return { name, description, permissions, requireTotp: require_totp };
}

/** What of a built-in role somebody wants to change, and cannot. */
function fixedFields(before: RoleRow, { name, permissions }: RoleInput): FieldProblem[] {
  if (!before.built_in) return [];
  const problems: FieldProblem[] = [];
  if (name !== before.name)
    problems.push({ field: "name", rule: "built-in", message: `The role "${before.name}" cannot be renamed.` });
  if (before.name === "administrator" && PERMISSIONS.some((permission) => !permissions.includes(permission)))
    problems.push({ field: "permissions", rule: "built-in", message: "An administrator always has every permission." });
  return problems;
}

/** Sign-in methods that give this role to whom they make an account for. */
async function methodsWith(trx: Database, role: string): Promise<{ kind: string; id: number; name: string }[]> {
  return trx
    .selectFrom("definition")
    .select(["kind", "id", "name"])
    .where("kind", "=", "sign_in_method")
    .where("deleted_at", "is", null)
    .where(sql<boolean>`data->>'role' = ${role}`)
    .orderBy("name")
    .execute();
}

/** Throws, naming them, where there are any. */
function refuseUsed(usedBy: { kind: string; id: number; name: string }[]): void {
  if (usedBy.length === 0) return;
  const names = usedBy.map(({ kind, name }) => (kind === "account" ? name : `sign-in method ${name}`));
  throw new ProblemError(409, "in-use", `This role is used by: ${names.join(", ")}.`, { usedBy });
}
