import { sql } from "kysely";
import type { Account, AccountInput } from "../../contract/accounts.ts";
import type { Handlers } from "../api/handlers.ts";
import { invalid, notFound, ProblemError } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import { accountNamed } from "./account-named.ts";
import { accountsIn, putInGroups } from "./account-rows.ts";
import { keepAnAdministrator, oneAtATime } from "./last-administrator.ts";
import { hashPassword } from "./password-hash.ts";
import { nameTaken, unknownRole } from "./refused-rows.ts";
import { removeTotp } from "./second-factor.ts";
import { forgetFailures } from "./sign-in-failures.ts";
import type { Sessions } from "./sessions.ts";
import type { SignedIn } from "./signed-in.ts";

type Names = "GET /accounts" | "POST /accounts" | "PUT /accounts/:id" | "DELETE /accounts/:id/totp";

export function accountHandlers(db: Database, sessions: Sessions): Handlers<Names> {
  const account = async (from: Database, id: number): Promise<Account> => {
    const [row] = await accountsIn(from, id);
    if (row === undefined) throw notFound("account");
    return row;
  };

  return {
    "GET /accounts": async () => ({ items: await accountsIn(db) }),

    "POST /accounts": async ({ body, caller }) => {
      checkPassword(body.password);
      const password_hash = await hashPassword(body.password);
      const id = await db.transaction().execute(async (trx) => {
        const row = await trx
          .insertInto("account")
          .values({ ...columnsOf(body), password_hash, must_change_password: true })
          .returning("id")
          .executeTakeFirstOrThrow()
          .catch(nameTaken)
          .catch(unknownRole);
        await putInGroups(trx, row.id, body.groups);
        const object = { kind: "account", id: row.id, name: body.name };
        const data = partsOf(await account(trx, row.id));
        await audit(trx, { actor: actorOf(caller), action: "account-created", object, data });
        return row.id;
      });
      return account(db, id);
    },

    "PUT /accounts/:id": async ({ params: { id }, body, caller }) => {
      const givesPassword = body.password !== "";
      if (givesPassword) checkPassword(body.password);
      refuseOwn(caller, id, body);
      const password = givesPassword
        ? { password_hash: await hashPassword(body.password), must_change_password: id !== caller.id }
        : {};
      await db.transaction().execute(async (trx) => {
        await oneAtATime(trx);
        const before = await account(trx, id);
        if (body.version !== undefined && body.version !== before.version)
          throw new ProblemError(
            409,
            "changed",
            `The account has been changed meanwhile: it is at version ${before.version}, and you have edited version ${body.version}.`,
            { currentVersion: before.version },
          );
        await trx
          .updateTable("account")
          // Whom a sign-in method vouched for signs in with the given password from now on.
          .set({
            ...columnsOf(body),
            ...password,
            ...(givesPassword ? { method: null } : {}),
            version: sql`version + 1`,
          })
          .where("id", "=", id)
          .execute()
          .catch(nameTaken)
          .catch(unknownRole);
        for (const name of new Set([before.name, body.name])) await forgetFailures(trx, name);
        await putInGroups(trx, id, body.groups);
        await keepAnAdministrator(trx);
        if (!body.active || givesPassword) await sessions.endOthers(id, undefined, trx);
        const object = { kind: "account", id, name: body.name };
        const data = { before: partsOf(before), after: partsOf(await account(trx, id)) };
        await audit(trx, { actor: actorOf(caller), action: "account-changed", object, data });
        if (givesPassword) await audit(trx, { actor: actorOf(caller), action: "password-reset", object });
      });
      return account(db, id);
    },

    "DELETE /accounts/:id/totp": async ({ params: { id }, caller }) => {
      const object = await accountNamed(db, id);
      await db.transaction().execute(async (trx) => {
        if (await removeTotp(trx, id)) await audit(trx, { actor: actorOf(caller), action: "totp-removed", object });
      });
      return undefined;
    },
  };
}

function checkPassword(password: string): void {
  if (password.length >= 10) return;
  throw invalid([
    { field: "password", rule: "too-short", message: "Give a password of at least 10 characters.", limit: 10 },
  ]);
}

function refuseOwn(caller: SignedIn, id: number, { active, role }: AccountInput): void {
  if (id === caller.id && (!active || role !== caller.role))
    throw new ProblemError(409, "own-account", "You cannot lock yourself out: ask another administrator.");
}

function columnsOf({ name, displayName, email, role, active }: AccountInput) {
  return { name, display_name: displayName, email, role, active };
}

/** As the audit keeps it. */
function partsOf({ name, displayName, email, role, active, groups }: Account): Record<string, unknown> {
  return { name, displayName, email, role, active, groups };
}
